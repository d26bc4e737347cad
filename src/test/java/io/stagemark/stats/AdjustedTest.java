package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class AdjustedTest {
  private static final double[] P = {.01, .04, .03, .005};

  // Sorted .005 .01 .03 .04, times 4 3 2 1: .02 .03 .06 and .04, raised to .06.
  @Test
  void holm_fourValues_workedByHand() {
    assertThat(Holm.adjust(P)).containsExactly(new double[] {.03, .06, .06, .02}, within(1e-15));
  }

  // Times 4/1 4/2 4/3 4/4: .02 .02 .04 .04.
  @Test
  void benjaminiHochberg_fourValues_workedByHand() {
    assertThat(BenjaminiHochberg.adjust(P))
        .containsExactly(new double[] {.02, .04, .04, .02}, within(1e-15));
  }

  @Test
  void adjust_nothing_isNothing() {
    assertThat(Holm.adjust(new double[0])).isEmpty();
    assertThat(BenjaminiHochberg.adjust(new double[0])).isEmpty();
  }

  // t(0.95, 14) = 1.7613, t(0.8, 14) = 0.8681 (tables); with s/√n = 0.01 the effect is
  // exp(1.023 · 2.6294 · 0.01) − 1 = 2.7263 %.
  @Test
  void detectableEffect_fifteenPairs_workedFromTables() {
    double[] pairs = new double[15];
    double spread = 0.01 * Math.sqrt(15);
    for (int i = 0; i < 14; i++) {
      pairs[i] = i % 2 == 0 ? spread : -spread;
    }
    // fourteen of ±s and a zero: the squares sum to 14 s², over n − 1 = 14
    assertThat(DetectableEffect.ofPairs(pairs, 0.05, 1)).isCloseTo(0.027263, within(2e-6));
    assertThat(DetectableEffect.ofPairs(pairs, 0.05, 8))
        .isGreaterThan(DetectableEffect.ofPairs(pairs, 0.05, 1));
  }

  @Test
  void detectableEffect_onePair_isInfinite() {
    assertThat(DetectableEffect.ofPairs(new double[] {1}, 0.05, 1)).isInfinite();
    assertThat(DetectableEffect.ofSamples(new double[] {1}, new double[] {1, 2}, 0.05, 1))
        .isInfinite();
  }

  // Beta(2, 2) has the distribution x²(3 − 2x): weights 7/27, 13/27, 7/27.
  @Test
  void harrellDavis_medianOfThree_workedByHand() {
    assertThat(HarrellDavis.quantile(new long[] {0, 27, 0}, 0.5)).isCloseTo(7, within(1e-12));
    assertThat(HarrellDavis.quantile(new long[] {0, 27, 54}, 0.5)).isCloseTo(27, within(1e-12));
    assertThat(HarrellDavis.quantile(new long[] {5}, 0.99)).isEqualTo(5);
  }

  @Test
  void harrellDavis_manyValues_isNearTheTrueQuantile() {
    long[] values = new long[3000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    assertThat(HarrellDavis.quantile(values, 0.99)).isCloseTo(2969.5, within(0.6));
    assertThatThrownBy(() -> new HarrellDavis(2, 0.5).quantile(values))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void harrellDavis_quantileOutsideOfZeroToOneOrNoValues_isRefused() {
    for (double p : new double[] {0, 1, Double.NaN}) {
      assertThatThrownBy(() -> new HarrellDavis(3, p))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("needs count >= 1 and p in (0, 1), was count=3 p=" + p);
    }
    assertThatThrownBy(() -> new HarrellDavis(0, 0.5))
        .hasMessage("needs count >= 1 and p in (0, 1), was count=0 p=0.5");
  }

  // Deviations 0.01 of three and 0.02 of five, six degrees of freedom; the two tests share α, so
  // t(0.975, 6) = 2.446912 and t(0.8, 6) = 0.905703 (tables).
  @Test
  void detectableEffect_twoSamples_workedFromTables() {
    double[] three = {-0.01, 0, 0.01};
    double[] five = {-0.02, -0.02, 0, 0.02, 0.02};
    double error = Math.sqrt(0.0001 / 3 + 0.0004 / 5);
    double expected = Math.expm1(1.023 * (2.446912 + 0.905703) * error);
    assertThat(DetectableEffect.ofSamples(three, five, 0.05, 2)).isCloseTo(expected, within(1e-7));
    assertThat(DetectableEffect.ofSamples(five, three, 0.05, 2)).isCloseTo(expected, within(1e-7));
  }

  @Test
  void detectableEffect_twoValuesASide_areEnough() {
    double[] one = {1};
    double[] two = {1, 1.1};
    assertThat(DetectableEffect.ofPairs(two, 0.05, 1)).isFinite();
    assertThat(DetectableEffect.ofSamples(two, two, 0.05, 1)).isFinite();
    assertThat(DetectableEffect.ofSamples(two, one, 0.05, 1)).isInfinite();
  }

  // Logarithms of times near half a second, apart by less than a millionth: the level must not cost
  // the digits of the spread.
  @Test
  void detectableEffect_smallSpreadOnAHighLevel_isThatOfTheSpread() {
    double[] around = {-3e-7, -1e-7, 2e-7};
    double[] high = Arrays.stream(around).map(v -> v + 20.1).toArray();
    assertThat(DetectableEffect.ofPairs(high, 0.05, 1))
        .isCloseTo(DetectableEffect.ofPairs(around, 0.05, 1), withinPercentage(0.01));
  }
}
