package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PermutationShiftTest {
  // {1, 2} and {4, 5}: the other five assignments tie at shifts 2, 3, 3, 3 and 4.
  private static final PermutationShift HAND =
      new PermutationShift(new double[] {1, 2}, new double[] {4, 5});

  @Test
  void pGreater_workedByHand_countsTheAssignments() {
    assertThat(HAND.estimate()).isEqualTo(3);
    assertThat(HAND.pGreater(0)).isEqualTo(1 / 6.0);
    assertThat(HAND.pGreater(2)).isEqualTo(2 / 6.0);
    assertThat(HAND.pGreater(3)).isEqualTo(5 / 6.0);
    assertThat(HAND.pLess(3)).isEqualTo(5 / 6.0);
    assertThat(HAND.pLess(5)).isEqualTo(1 / 6.0);
  }

  @Test
  void interval_twoAgainstTwo_isUnknownAtNinetyFivePercent() {
    assertThat(HAND.interval(0.05)).isEqualTo(Interval.UNKNOWN);
    assertThat(HAND.interval(0.34)).isEqualTo(new Interval(2, 4));
  }

  // C(10, 5) = 252: the smallest p-value of five against five.
  @Test
  void pGreater_fiveAgainstFiveApart_isOneOf252() {
    PermutationShift shift =
        new PermutationShift(new double[] {1, 2, 3, 4, 5}, new double[] {11, 12, 13, 14, 15});
    assertThat(shift.pGreater(0)).isEqualTo(1 / 252.0);
    assertThat(shift.interval(0.05).low()).isLessThanOrEqualTo(10);
    assertThat(shift.interval(0.05).high()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void pGreater_everyAssignmentGoneThrough_isTheDefinition() {
    SplittableRandom random = new SplittableRandom(7);
    double[] a = random.doubles(4).toArray();
    double[] b = random.doubles(5).map(v -> v + 0.3).toArray();
    double delta = 0.1;
    double[] all = new double[9];
    System.arraycopy(a, 0, all, 0, 4);
    for (int i = 0; i < 5; i++) {
      all[4 + i] = b[i] - delta;
    }
    double observed = Arrays.stream(all, 4, 9).sum();
    int total = 0;
    int atLeast = 0;
    for (int mask = 0; mask < 512; mask++) {
      if (Integer.bitCount(mask) == 5) {
        double sum = 0;
        for (int i = 0; i < 9; i++) {
          sum += (mask >> i & 1) == 1 ? all[i] : 0;
        }
        total++;
        atLeast += sum >= observed - 1e-12 ? 1 : 0;
      }
    }
    assertThat(new PermutationShift(a, b).pGreater(delta))
        .isCloseTo((double) atLeast / total, within(1e-12));
  }

  @Test
  void pGreater_moreThanCanBeGoneThrough_isDrawnTheSameEachTime() {
    double[] a = new SplittableRandom(1).doubles(15).toArray();
    double[] b = new SplittableRandom(2).doubles(15).map(v -> v + 0.5).toArray();
    double p = new PermutationShift(a, b).pGreater(0);
    assertThat(p).isEqualTo(new PermutationShift(a, b).pGreater(0)).isBetween(1e-5, 0.01);
  }

  // 1 + 2 + 3 is reached by one of eight assignments of signs; 3 − 1 = 2 by two of four.
  @Test
  void signFlip_workedByHand_countsTheAssignments() {
    assertThat(SignFlip.pGreater(new double[] {1, 2, 3})).isEqualTo(1 / 8.0);
    assertThat(SignFlip.pGreater(new double[] {3, -1})).isEqualTo(0.5);
    assertThat(SignFlip.pGreater(new double[] {0, 0})).isEqualTo(1);
  }

  @Test
  void signFlip_manyDifferences_agreesWithTheNormalOnes() {
    // The mean of forty ones and twenty minus ones: z = 20/√60 = 2.58, one-sided p about 0.007.
    double[] d = new double[60];
    Arrays.setAll(d, i -> i < 40 ? 1 : -1);
    assertThat(SignFlip.pGreater(d)).isBetween(0.004, 0.010);
  }
}
