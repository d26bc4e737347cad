package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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

  // C(6, 3) = 20: a tail of 5 % is one assignment of twenty, so that 90 % is the highest
  // confidence.
  // Exchanging 3 and 11 ties at 11 − 3 = 8, exchanging 1 and 13 at 13 − 1 = 12.
  @Test
  void interval_highestConfidenceThatExists_isTheWholeRange() {
    PermutationShift shift =
        new PermutationShift(new double[] {1, 2, 3}, new double[] {11, 12, 13});
    assertThat(shift.interval(0.1)).isEqualTo(new Interval(8, 12));
    assertThat(shift.interval(0.099)).isEqualTo(Interval.UNKNOWN);
  }

  @Test
  void interval_alphaOutsideOfZeroToOne_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> HAND.interval(0));
    assertThatIllegalArgumentException().isThrownBy(() -> HAND.interval(1));
  }

  @Test
  void new_aSideWithoutValues_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PermutationShift(new double[0], new double[] {1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PermutationShift(new double[] {1}, new double[0]));
  }

  // Ones and zeros: Fisher's exact test. 4 of 15 against 11 of 15: the second sample has at least
  // 11
  // of the 15 ones with Σ_{k ≥ 11} C(15, k)·C(15, 15−k)/C(30, 15) = 0.01342; 20,000 draws have a
  // standard error of 0.0008.
  @Test
  void pGreater_drawnAssignments_areNearTheHypergeometricTail() {
    double[] a = new double[15];
    double[] b = new double[15];
    Arrays.fill(a, 0, 4, 1);
    Arrays.fill(b, 4, 15, 1);
    PermutationShift shift = new PermutationShift(a, b);
    assertThat(shift.pGreater(0)).isCloseTo(0.01342, within(0.003));
    assertThat(shift.pLess(0)).isGreaterThan(0.99);
  }

  // A draw may be the observed assignment again; it ties at every shift, as the observed one does.
  @Test
  void pGreater_drawThatIsTheObservedAssignment_countsAtEveryShift() {
    boolean again = false;
    for (int n = 50; n < 60; n++) {
      double[] first = new SplittableRandom(n).doubles(n).toArray();
      double[] second = new SplittableRandom(-n).doubles(4).toArray();
      double p = new PermutationShift(first, second).pGreater(-1e9) * 20_001;
      assertThat(p).isCloseTo(Math.rint(p), within(1e-9)).isGreaterThan(0.5).isLessThan(9);
      again |= p > 1.5;
    }
    assertThat(again).as("none of ten shapes drew the observed assignment").isTrue();
  }
}
