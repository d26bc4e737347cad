package io.stagemark.postprocess.nms;

import static io.stagemark.testdata.VectorCases.doubles;
import static io.stagemark.testdata.VectorCases.floats;
import static io.stagemark.testdata.VectorCases.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.testdata.VectorCases;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenCvNmsTest {

  private static OpenCvNms nms(JsonNode node) {
    return new OpenCvNms(
        (float) node.get("score_threshold").asDouble(),
        (float) node.get("nms_threshold").asDouble(),
        (float) node.path("eta").asDouble(1),
        node.path("top_k").asInt());
  }

  static List<JsonNode> hard() {
    return VectorCases.of("nms_opencv.json", "NMSBoxes", "NMSBoxesBatched");
  }

  @ParameterizedTest
  @MethodSource("hard")
  void keep_referenceCase_keepsTheSame(JsonNode node) {
    double[] rects = doubles(node.get("boxes_xywh"));
    float[] scores = floats(node.get("scores"));
    int[] kept =
        node.has("classes")
            ? Boxes.keepBatched(nms(node), rects, scores, ints(node.get("classes")))
            : nms(node).keep(rects, scores);
    assertThat(kept).as(node.get("id").asText()).containsExactly(ints(node.get("expected")));
  }

  static List<JsonNode> soft() {
    return VectorCases.of("nms_opencv.json", "softNMSBoxes");
  }

  @ParameterizedTest
  @MethodSource("soft")
  void keep_softReferenceCase_keepsAndScoresTheSame(JsonNode node) {
    OpenCvSoftNms nms =
        new OpenCvSoftNms(
            (float) node.get("score_threshold").asDouble(),
            (float) node.get("nms_threshold").asDouble(),
            node.get("top_k").asInt(),
            (float) node.get("sigma").asDouble(),
            node.get("method").asText().equals("gaussian"));
    int[] kept = nms.keep(doubles(node.get("boxes_xywh")), floats(node.get("scores")));
    assertThat(kept).containsExactly(ints(node.get("expected")));
    float[] expected = floats(node.get("expected_scores"));
    for (int i = 0; i < kept.length; i++) {
      assertThat(nms.score(kept[i])).isCloseTo(expected[i], within(1e-6f));
    }
  }

  static List<JsonNode> errors() {
    return VectorCases.of("nms_opencv.json").stream().filter(c -> c.has("expect_error")).toList();
  }

  @ParameterizedTest
  @MethodSource("errors")
  void keep_whereOpenCvAsserts_isRefused(JsonNode node) {
    assertThatThrownBy(
            () -> nms(node).keep(doubles(node.get("boxes_xywh")), floats(node.get("scores"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
