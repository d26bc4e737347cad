package io.stagemark.scoring.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.testdata.VectorCases;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ActivationTest {

  static Stream<Named<JsonNode>> vectors() {
    return VectorCases.of("activations.json").stream()
        .filter(node -> !node.get("op").asText().startsWith("d_")) // derivatives: none are needed
        .map(node -> Named.of(node.get("id").asText(), node));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void apply_referenceCase_agreesTo4Ulp(JsonNode node) {
    double[] input = VectorCases.doubles(node.get("input"));
    double[] expected = VectorCases.doubles(node.get("expected_f64"));

    double[] actual = apply(node.get("op").asText(), input);

    for (int i = 0; i < expected.length; i++) {
      if (Double.isFinite(expected[i])) {
        double allowed = Math.max(4 * Math.ulp(expected[i]), 2 * Double.MIN_VALUE);
        assertThat(actual[i]).as("of %s", input[i]).isCloseTo(expected[i], within(allowed));
      } else {
        assertThat(actual[i]).as("of %s", input[i]).isEqualTo(Double.valueOf(expected[i]));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void apply_referenceCaseInFloat_agreesTo4Ulp(JsonNode node) {
    if (!node.has("expected_f32")) {
      return;
    }
    double[] input = VectorCases.doubles(node.get("input_f32"));
    double[] expected = VectorCases.doubles(node.get("expected_f32"));

    double[] actual = apply(node.get("op").asText(), input);

    for (int i = 0; i < expected.length; i++) {
      if (Double.isFinite(expected[i])) {
        double allowed = 4 * Math.ulp((float) expected[i]);
        assertThat((double) (float) actual[i])
            .as("of %s", input[i])
            .isCloseTo(expected[i], within(allowed));
      }
    }
  }

  private static double[] apply(String op, double[] input) {
    return Activation.valueOf(op.toUpperCase(Locale.ROOT))
        .apply(ScoreTensor.vector(input), 0)
        .toArray();
  }

  // tanh(ln 2) = (2 − 1/2) / (2 + 1/2) = .6
  @Test
  void tanh_ofLn2_isPoint6() {
    assertThat(Tanh.of(Math.log(2))).isCloseTo(.6, within(2e-16));
  }

  // softplus(0) = ln 2; softplus(1000) = 1000; softplus(−1000) = e^−1000 = 0 in double
  @Test
  void softplus_knownPoints_areExact() {
    assertThat(Softplus.of(0)).isEqualTo(Math.log(2));
    assertThat(Softplus.of(1000)).isEqualTo(1000);
    assertThat(Softplus.of(-1000)).isZero();
    assertThat(Softplus.of(-50)).isEqualTo(Math.exp(-50));
    assertThat(LogSigmoid.of(0)).isEqualTo(-Math.log(2));
    assertThat(LogSigmoid.of(-1000)).isEqualTo(-1000);
  }

  // two pixels, two classes, classes outermost: pixel 0 has logits 0 and ln 3, pixel 1 ln 3 and 0
  @Test
  void apply_alongFirstAxis_takesClassesApart() {
    ScoreTensor logits = ScoreTensor.of(new double[] {0, Math.log(3), Math.log(3), 0}, 2, 2);

    double[] alongFirst = Activation.SOFTMAX.apply(logits, 0).toArray();
    double[] logAlongFirst = Activation.LOG_SOFTMAX.apply(logits, 0).toArray();

    assertThat(alongFirst).containsExactly(new double[] {.25, .75, .75, .25}, within(1e-15));
    assertThat(logAlongFirst[1]).isCloseTo(Math.log(.75), within(1e-15));
    assertThat(logits.get(0)).as("the input is not touched").isZero();
  }

  @Test
  void apply_axesOfThree_usesTheMiddleOne() {
    double[] values = {0, 10, 0, 30, 5, 7, 5, 7};

    double[] result = Activation.SOFTMAX.apply(ScoreTensor.of(values, 2, 2, 2), 1).toArray();

    // pairs along axis 1: (0, 0), (10, 30), (5, 5), (7, 7)
    double small = 1 / (1 + Math.exp(20));
    assertThat(result)
        .containsExactly(new double[] {.5, small, .5, 1 - small, .5, .5, .5, .5}, within(1e-15));
  }

  @Test
  void apply_noSuchAxis_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activation.RELU.apply(ScoreTensor.vector(1, 2), 1))
        .withMessageContaining("[2]")
        .withMessageContaining("1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activation.RELU.apply(ScoreTensor.vector(1, 2), -1));
  }

  @Test
  void names_areThoseOfACard() {
    assertThat(Activation.names())
        .containsExactly(
            "sigmoid", "tanh", "relu", "softplus", "log-sigmoid", "softmax", "log-softmax");
  }

  @Test
  void apply_emptyRow_isEmpty() {
    double[] none = {};
    Softmax.apply(none);
    LogSoftmax.apply(none);
    assertThat(none).isEmpty();
    assertThat(Activation.RELU.apply(ScoreTensor.of(none, 0, 3), 1).shape())
        .isEqualTo(List.of(0, 3));
  }

  @Test
  void isOfRow_softmaxAndItsLogarithm_needTheWholeRow() {
    for (Activation activation : Activation.values()) {
      double[] row = {1, 2};
      double[] other = {1, 7};
      activation.apply(row);
      activation.apply(other);
      assertThat(activation.isOfRow()).as("%s", activation).isEqualTo(row[0] != other[0]);
    }
  }
}
