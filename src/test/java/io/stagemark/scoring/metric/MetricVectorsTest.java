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
    int bins = node.get("n_bins").intValue();
    CalibrationError left = new CalibrationError(bins, CalibrationError.Edges.LEFT_CLOSED);
    CalibrationError right = new CalibrationError(bins, CalibrationError.Edges.RIGHT_CLOSED);
    if (node.get("shape").size() == 1) {
      addBinary(node, left);
      addBinary(node, right);
    } else {
      ClassificationScores scores = scores(node, bins);
      left = scores.calibrationLeftClosed();
      right = scores.calibration();
    }
    close(left.expected(), node.get("expected_l1"));
    close(left.rms(), node.get("expected_l2"));
    close(left.max(), node.get("expected_max"));
    close(right.expected(), node.get("expected_guo_right_closed"));
  }

  /** One probability an example, of the positive class, is binned against how often it is true. */
  private static void addBinary(JsonNode node, CalibrationError calibration) {
    double[] p = VectorCases.doubles(node.get("probs"));
    for (int n = 0; n < p.length; n++) {
      calibration.add(p[n], node.get("target").get(n).intValue() == 1);
    }
  }

  private static ClassificationScores scores(JsonNode node, int bins) {
    double[] p = VectorCases.doubles(node.get("probs"));
    int classes = node.get("shape").get(1).intValue();
    ClassificationScores scores = new ClassificationScores(classes, false, bins);
    for (int n = 0; n < node.get("target").size(); n++) {
      scores.add(
          Arrays.copyOfRange(p, n * classes, (n + 1) * classes),
          node.get("target").get(n).intValue());
    }
    return scores;
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
