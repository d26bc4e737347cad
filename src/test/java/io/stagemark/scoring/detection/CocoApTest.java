package io.stagemark.scoring.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.testdata.VectorCases;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CocoApTest {

  static List<JsonNode> vectors() {
    return VectorCases.of("coco_map_micro.json");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void result_pycocotoolsCase_agreesToTheBit(JsonNode node) {
    CocoAp evaluation = new CocoAp();
    for (JsonNode image : node.get("gt").get("images")) {
      int id = image.get("id").intValue();
      evaluation.addCoco(Integer.toString(id), detections(node, id), truths(node, id));
    }
    agree(evaluation.result(), node);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void add_aPartForEachImageLastFirst_agreesWithPycocotoolsToTheBit(JsonNode node)
      throws IOException {
    List<byte[]> parts = new ArrayList<>();
    for (JsonNode image : node.get("gt").get("images")) {
      int id = image.get("id").intValue();
      CocoAp part = new CocoAp();
      part.addCoco(Integer.toString(id), detections(node, id), truths(node, id));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      part.write(new DataOutputStream(bytes));
      parts.add(0, bytes.toByteArray());
    }
    CocoAp merged = new CocoAp();
    for (byte[] part : parts) {
      merged.add(new DataInputStream(new ByteArrayInputStream(part)));
    }
    agree(merged.result(), node);
    DataInputStream twice = new DataInputStream(new ByteArrayInputStream(parts.get(0)));
    assertThatThrownBy(() -> merged.add(twice))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is in two parts");
  }

  private static void agree(CocoResult result, JsonNode node) {
    Map<String, Double> figures = result.figures().byName();
    node.get("expected")
        .properties()
        .forEach(
            e ->
                assertThat(figures.get(camel(e.getKey())))
                    .as(e.getKey())
                    .isEqualTo(e.getValue().doubleValue()));
    assertThat(node.get("expected").size()).isEqualTo(figures.size());
  }

  /** pycocotools averages the same points in another order: the last bits may differ. */
  @ParameterizedTest
  @MethodSource("vectors")
  void result_pycocotoolsCase_theCurvesIntegrateToItsAveragePrecisions(JsonNode node) {
    CocoAp evaluation = new CocoAp();
    for (JsonNode image : node.get("gt").get("images")) {
      int id = image.get("id").intValue();
      evaluation.addCoco(Integer.toString(id), detections(node, id), truths(node, id));
    }
    CocoPrecision curves = evaluation.result().precision();

    assertIntegrates(curves.at50(), node.get("expected").get("AP50"));
    assertIntegrates(curves.at75(), node.get("expected").get("AP75"));
    assertIntegrates(curves.at50To95(), node.get("expected").get("AP"));
  }

  private static void assertIntegrates(List<Double> curve, JsonNode expected) {
    double mean = curve.stream().mapToDouble(p -> p).average().orElse(-1); // -1: no object
    assertThat(mean).isCloseTo(expected.doubleValue(), within(1e-13));
    for (int i = 1; i < curve.size(); i++) {
      assertThat(curve.get(i)).as("never rises").isLessThanOrEqualTo(curve.get(i - 1));
    }
  }

  /** Turns AP_small into apSmall. */
  private static String camel(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int bar = lower.indexOf('_');
    return bar < 0
        ? lower
        : lower.substring(0, bar)
            + lower.substring(bar + 1, bar + 2).toUpperCase(Locale.ROOT)
            + lower.substring(bar + 2);
  }

  private static List<CocoDetection> detections(JsonNode node, int image) {
    List<CocoDetection> detections = new ArrayList<>();
    for (JsonNode d : node.get("dt")) {
      if (d.get("image_id").intValue() == image) {
        double[] b = VectorCases.doubles(d.get("bbox"));
        detections.add(
            new CocoDetection(
                b[0],
                b[1],
                b[2],
                b[3],
                d.get("category_id").intValue(),
                d.get("score").doubleValue()));
      }
    }
    return detections;
  }

  private static List<CocoTruth> truths(JsonNode node, int image) {
    List<CocoTruth> truths = new ArrayList<>();
    for (JsonNode g : node.get("gt").get("annotations")) {
      if (g.get("image_id").intValue() == image) {
        double[] b = VectorCases.doubles(g.get("bbox"));
        truths.add(
            new CocoTruth(
                b[0],
                b[1],
                b[2],
                b[3],
                g.get("category_id").intValue(),
                g.get("area").doubleValue(),
                g.get("iscrowd").intValue() == 1));
      }
    }
    return truths;
  }
}
