package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SignFlipTest {
  // 1 + 2 + 3 is reached by one of eight assignments of signs; 3 − 1 = 2 by two of four.
  @Test
  void pGreater_workedByHand_countsTheAssignments() {
    assertThat(SignFlip.pGreater(new double[] {1, 2, 3})).isEqualTo(1 / 8.0);
    assertThat(SignFlip.pGreater(new double[] {-1, -2, -3})).isEqualTo(1);
    assertThat(SignFlip.pGreater(new double[] {3, -1})).isEqualTo(0.5);
  }

  // −5 + 1 + 2 = −2 is reached by all assignments but −8, −6, −4: five of eight.
  @Test
  void pGreater_differencesOfDifferentSizes_countsTheAssignments() {
    assertThat(SignFlip.pGreater(new double[] {-5, 1, 2})).isEqualTo(5 / 8.0);
  }

  @Test
  void pGreater_zeros_haveNoSign() {
    assertThat(SignFlip.pGreater(new double[] {0, 0})).isEqualTo(1);
    assertThat(SignFlip.pGreater(new double[] {0, 1, 0, 2, 3, 0})).isEqualTo(1 / 8.0);
  }

  // Of ±0.1 ± 0.2 ± 0.3, five of eight sums are at least 0 = 0.1 + 0.2 − 0.3; in doubles that sum
  // is 5.6e-17 and its mirror image is below it.
  @Test
  void pGreater_sumsThatDifferByRounding_areTies() {
    assertThat(SignFlip.pGreater(new double[] {0.1, 0.2, -0.3})).isEqualTo(5 / 8.0);
  }

  // Zeros do not count: sixteen differences of one sign are the last that are gone through.
  @Test
  void pGreater_sixteenDifferences_isExact() {
    double[] positive = new double[20];
    Arrays.fill(positive, 0, 16, 1);
    assertThat(SignFlip.pGreater(positive)).isEqualTo(1 / 65536.0);
  }

  // Of 17 drawn assignments 2^-17 · 20,000 = 0.15 are expected to have one sign; the observed one
  // is always counted, so that the p-value is never 0.
  @Test
  void pGreater_moreThanSixteenDifferences_countsTheObservedAssignmentIn() {
    double[] positive = new double[40];
    Arrays.fill(positive, 1);
    assertThat(SignFlip.pGreater(positive)).isEqualTo(1 / 20_001.0);
    assertThat(SignFlip.pGreater(Arrays.stream(positive).map(v -> -v).toArray())).isEqualTo(1);
    assertThat(SignFlip.pGreater(Arrays.copyOf(positive, 17)))
        .isBetween(1 / 20_001.0, 5 / 20_001.0);
  }

  // P[Binomial(17, 1/2) ≥ 12] = 9402/131072 = 0.0717; the standard error of 20,000 draws is 0.0018.
  @Test
  void pGreater_seventeenDifferences_isTheBinomialTail() {
    double[] differences = new double[17];
    Arrays.setAll(differences, i -> i < 12 ? 1 : -1);
    assertThat(SignFlip.pGreater(differences)).isCloseTo(9402 / 131072.0, within(0.006));
  }

  @Test
  void pGreater_manyDifferences_agreesWithTheNormalOnes() {
    // The mean of forty ones and twenty minus ones: z = 20/√60 = 2.58, one-sided p about 0.007.
    double[] d = new double[60];
    Arrays.setAll(d, i -> i < 40 ? 1 : -1);
    assertThat(SignFlip.pGreater(d)).isBetween(0.004, 0.010);
  }

  // What counts as rounding is relative to the differences.
  @Test
  void pGreater_smallDifferences_areNoTies() {
    assertThat(SignFlip.pGreater(new double[] {1e-8, 2e-8, 3e-8})).isEqualTo(1 / 8.0);
  }
}
