package io.stagemark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.OutputSummary;
import io.stagemark.scoring.activation.Activation;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FiniteRuleTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  /** The rule takes exactly what the activation makes a finite number of. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void before_activation_takesWhatItMakesFinite(Activation activation) {
    FiniteRule rule = activation.numbersBefore();
    for (double value : new double[] {INF, -INF, Double.NaN, 3, -3}) {
      double[] row = {value, 1};
      activation.apply(row);
      // the logarithms are reported as what they are logarithms of
      boolean logarithm =
          activation == Activation.LOG_SIGMOID || activation == Activation.LOG_SOFTMAX;
      double made = logarithm ? Math.exp(row[0]) : row[0];
      assertThat(rule.takes(value))
          .as("%s of %s", activation, value)
          .isEqualTo(Double.isFinite(made));
    }
  }

  @Test
  void takes_withoutALastStep_finiteNumbersAlone() {
    FiniteRule rule = FiniteRule.FINITE;
    assertThat(rule.takes(Double.MAX_VALUE)).isTrue();
    assertThat(rule.takes(Double.MIN_VALUE)).isTrue();
    assertThat(rule.takes(INF) || rule.takes(-INF) || rule.takes(Double.NaN)).isFalse();
  }

  @Test
  void require_numbersThatAreNone_areCountedAndTheFirstIsPlaced() {
    ScoreTensor numbers = ScoreTensor.of(new double[] {1, 2, INF, Double.NaN}, 2, 2);
    assertThatThrownBy(() -> FiniteRule.FINITE.require("predictions", numbers))
        .hasMessage(
            "predictions[1, 0] is Infinity: 2 of 4 numbers are not finite, and no score can be"
                + " taken from them");
    assertThatThrownBy(() -> FiniteRule.BEFORE_SIGMOID.require("predictions", numbers))
        .hasMessageStartingWith("predictions[1, 1] is NaN: 1 of 4");
    assertThatCode(() -> FiniteRule.FINITE.require("truth", ScoreTensor.vector(1, -0.0, 1e-320)))
        .doesNotThrowAnyException();
  }

  // An output with 2 NaN, 3 times +∞ and 5 times −∞.
  @Test
  void refused_output_countsWhatTheRuleDoesNotTake() {
    OptionalDouble unknown = OptionalDouble.empty();
    OutputSummary output =
        new OutputSummary("out", "float32", List.of(16L), unknown, unknown, unknown, 2, 3, 5);
    assertThat(FiniteRule.FINITE.refused(output)).isEqualTo(10);
    assertThat(FiniteRule.BEFORE_SIGMOID.refused(output)).isEqualTo(2);
    assertThat(FiniteRule.BEFORE_SOFTMAX.refused(output)).isEqualTo(5);
    assertThat(new FiniteRule(true, false).refused(output)).isEqualTo(7);
  }
}
