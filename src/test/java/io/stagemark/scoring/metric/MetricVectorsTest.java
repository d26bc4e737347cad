package io.stagemark.scoring.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.testdata.VectorCases;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference cases of the metrics, at 1e-12 relative. */
final class MetricVectorsTest {

  static List<JsonNode> ece() {
    return VectorCases.of("metrics.json", "ece");
  }

  static List<JsonNode> topk() {
    return VectorCases.of("metrics.json", "topk");
  }

  static List<JsonNode> miou() {
    return VectorCases.of("metrics.json", "miou");
  }

  private static void close(double actual, JsonNode expected) {
    double value = expected.doubleValue();
    assertThat(actual).isCloseTo(value, within(Math.max(1e-12 * value, 1e-15)));
  }

  @ParameterizedTest
  @MethodSource("ece")
  void calibration_referenceCase_agrees(JsonNode node) {
    double[] p = VectorCases.doubles(node.get("probs"));
    int classes = node.get("shape").get(1).intValue();
    ClassificationScores scores =
        new ClassificationScores(classes, false, node.get("n_bins").intValue());
    for (int n = 0; n < node.get("target").size(); n++) {
      scores.add(
          Arrays.copyOfRange(p, n * classes, (n + 1) * classes),
          node.get("target").get(n).intValue());
    }
    close(scores.calibrationLeftClosed().expected(), node.get("expected_l1"));
    close(scores.calibrationLeftClosed().rms(), node.get("expected_l2"));
    close(scores.calibrationLeftClosed().max(), node.get("expected_max"));
    close(scores.calibration().expected(), node.get("expected_guo_right_closed"));
  }

  @ParameterizedTest
  @MethodSource("topk")
  void topK_referenceCase_agrees(JsonNode node) {
    double[] scores = VectorCases.doubles(node.get("scores"));
    int classes = node.get("shape").get(1).intValue();
    node.get("expected")
        .properties()
        .forEach(
            expected -> {
              TopK top = new TopK(Integer.parseInt(expected.getKey()));
              for (int n = 0; n < node.get("target").size(); n++) {
                top.add(
                    Arrays.copyOfRange(scores, n * classes, (n + 1) * classes),
                    node.get("target").get(n).intValue());
              }
              close(top.value(), expected.getValue());
            });
  }

  @ParameterizedTest
  @MethodSource("miou")
  void meanIou_referenceCase_agrees(JsonNode node) {
    ConfusionMatrix confusion = new ConfusionMatrix(node.get("num_classes").intValue());
    for (int i = 0; i < node.get("pred").size(); i++) {
      int label = node.get("target").get(i).intValue();
      if (!node.get("ignore").isNumber() || label != node.get("ignore").intValue()) {
        confusion.add(label, node.get("pred").get(i).intValue());
      }
    }
    close(confusion.meanIou().orElseThrow(), node.get("expected"));
    for (int c = 0; c < confusion.classes(); c++) {
      JsonNode expected = node.get("per_class").get(c);
      assertThat(confusion.iou(c).isPresent()).isEqualTo(!expected.isNull());
      if (!expected.isNull()) {
        close(confusion.iou(c).getAsDouble(), expected);
      }
    }
  }
}
