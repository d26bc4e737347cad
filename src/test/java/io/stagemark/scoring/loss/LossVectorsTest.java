package io.stagemark.scoring.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.Reduction;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.spi.Registry;
import io.stagemark.testdata.VectorCases;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reference case of every loss, at 1e-12 relative. */
final class LossVectorsTest {
  private static final Registry<Loss> LOSSES =
      Registry.discover(Loss.class, LossVectorsTest.class.getClassLoader());

  private static Stream<Named<JsonNode>> cases(String... files) {
    return Stream.of(files)
        .flatMap(file -> VectorCases.of(file + ".json").stream())
        .map(node -> Named.of(node.get("id").asText(), node));
  }

  static Stream<Named<JsonNode>> accepted() {
    return cases(
            "bce",
            "bce_with_logits",
            "cross_entropy",
            "label_smoothing",
            "focal",
            "focal_multiclass",
            "lovasz")
        .filter(named -> !named.getPayload().path("note").asText().contains("should reject"));
  }

  static Stream<Named<JsonNode>> refused() {
    return Stream.of("bce", "bce_with_logits", "cross_entropy")
        .flatMap(file -> VectorCases.errors(file + ".json").stream())
        .map(node -> Named.of(node.get("id").asText(), node));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void evaluate_referenceCase_agreesTo1e12(JsonNode node) {
    LossResult result = evaluate(node);

    double[] expected = VectorCases.doubles(node.get("expected"));
    double[] actual =
        result.terms().map(ScoreTensor::toArray).orElse(new double[] {result.value()});
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      if (Double.isFinite(expected[i])) {
        double allowed = Math.max(1e-12 * Math.abs(expected[i]), 1e-300);
        assertThat(actual[i]).as("[%d]", i).isCloseTo(expected[i], within(allowed));
      } else {
        assertThat(actual[i]).as("[%d]", i).isEqualTo(Double.valueOf(expected[i]));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void evaluate_badInput_isRefused(JsonNode node) {
    assertThatIllegalArgumentException().isThrownBy(() -> evaluate(node));
  }

  private static LossResult evaluate(JsonNode node) {
    Loss loss = LOSSES.get(lossName(node.path("op").asText("cross_entropy")));
    ScoreArguments arguments = loss.description().defaults();
    String reduction = node.path("reduction").asText("mean");
    arguments =
        arguments.with(
            "reduction", reduction.equals("sum_div_npos") ? Reduction.POSITIVES.text() : reduction);
    arguments = numbers(node, arguments);
    arguments = tensors(node, arguments);
    if (node.path("op").asText().startsWith("lovasz")) {
      arguments = arguments.with("per-image", node.get("per_image").booleanValue());
      if (node.path("ignore").isNumber()) {
        arguments = arguments.with("ignore-index", node.get("ignore").longValue());
      }
      if (node.path("classes").isArray()) {
        List<String> listed = new ArrayList<>();
        node.get("classes").forEach(c -> listed.add(c.asText()));
        arguments = arguments.with("classes", String.join(",", listed));
      } else if (node.has("classes")) {
        arguments = arguments.with("classes", node.get("classes").asText());
      }
    }
    return loss.evaluate(predictions(node), truth(node), arguments);
  }

  private static ScoreArguments numbers(JsonNode node, ScoreArguments defaults) {
    ScoreArguments arguments = defaults;
    if (node.has("label_smoothing") || node.path("op").asText().equals("label_smoothing_ce")) {
      arguments = arguments.with("label-smoothing", node.path("label_smoothing").doubleValue());
    }
    if (node.has("gamma")) {
      arguments = arguments.with("gamma", node.get("gamma").doubleValue());
    }
    if (node.has("ignore_index")) {
      arguments = arguments.with("ignore-index", node.get("ignore_index").longValue());
    }
    if (node.has("input_kind")) {
      boolean logits = node.get("input_kind").asText().equals("logits");
      arguments = arguments.with("input", logits ? "logits" : "probabilities");
      arguments = arguments.with("alpha", node.get("alpha").doubleValue());
    } else if (node.path("alpha").isNumber() || node.path("alpha").isArray()) {
      arguments =
          arguments.with("alpha", ScoreTensor.vector(VectorCases.doubles(node.get("alpha"))));
    }
    return arguments;
  }

  private static ScoreArguments tensors(JsonNode node, ScoreArguments defaults) {
    ScoreArguments arguments = defaults;
    for (String name : List.of("weight", "pos_weight", "class_weight")) {
      if (node.has(name) || node.has(name + "_shape")) {
        ScoreTensor tensor = tensor(node.path(name), node.path(name + "_shape"));
        arguments = arguments.with(name.replace('_', '-'), tensor);
      }
    }
    return arguments;
  }

  private static String lossName(String op) {
    return switch (op) {
      case "label_smoothing_ce" -> "label-smoothing";
      case "focal_tv" -> "focal";
      default -> op.replace('_', '-');
    };
  }

  private static ScoreTensor predictions(JsonNode node) {
    for (String name : List.of("input", "logits", "probs")) {
      if (node.has(name)) {
        return tensor(node.get(name), node.path("shape"));
      }
    }
    return tensor(node.path("missing"), node.path("shape"));
  }

  private static ScoreTensor truth(JsonNode node) {
    if (node.has("target_probs") || node.path("id").asText().equals("ce_err_probs_ignore")) {
      return tensor(node.path("target_probs"), node.get("shape"));
    }
    if (node.has("labels")) {
      return tensor(
          node.get("labels"),
          node.path("label_shape").isMissingNode() ? node.get("shape") : node.get("label_shape"));
    }
    if (node.has("target_shape")) {
      return tensor(node.path("target"), node.get("target_shape"));
    }
    if (node.path("op").asText().equals("focal_multiclass")) {
      double[] labels = VectorCases.doubles(node.get("target"));
      int[] shape = shape(node.get("shape"), node);
      int[] rest = new int[shape.length - 1];
      rest[0] = shape[0];
      System.arraycopy(shape, 2, rest, 1, shape.length - 2);
      return ScoreTensor.of(labels, rest);
    }
    if (node.path("id").asText().startsWith("ce_")) {
      return tensor(node.path("target"), node.path("none"));
    }
    return tensor(node.path("target"), node.path("shape"));
  }

  /** Returns the tensor; zeros (for an error case that gives a shape alone) or [N] where unsaid. */
  private static ScoreTensor tensor(JsonNode values, JsonNode shapeNode) {
    int[] shape = shape(shapeNode, values);
    if (values.isMissingNode()) {
      int size = 1;
      for (int extent : shape) {
        size *= extent;
      }
      return ScoreTensor.of(new double[size], shape);
    }
    return ScoreTensor.of(VectorCases.doubles(values), shape);
  }

  private static int[] shape(JsonNode node, JsonNode values) {
    if (node.isMissingNode()) {
      return new int[] {values.isMissingNode() ? 2 : values.size()};
    }
    int[] shape = new int[node.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.get(i).intValue();
    }
    return shape;
  }
}
