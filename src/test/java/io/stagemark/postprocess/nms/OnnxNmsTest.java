package io.stagemark.postprocess.nms;

import static io.stagemark.testdata.VectorCases.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.postprocess.nms.OnnxNms.Selected;
import io.stagemark.testdata.VectorCases;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The 10 node tests of the ONNX project and cases run on ONNX Runtime 1.30. */
class OnnxNmsTest {

  static List<JsonNode> cases() {
    return VectorCases.of("onnx_nms.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void run_referenceCase_selectsTheSame(JsonNode node) {
    OnnxNms nms =
        new OnnxNms(
            node.get("center_point_box").asInt() == 1,
            node.get("max_output_boxes_per_class").asLong(0),
            (float) node.get("iou_threshold").asDouble(0),
            node.get("score_threshold").isNull()
                ? OptionalDouble.empty()
                : OptionalDouble.of(node.get("score_threshold").asDouble()));
    List<Selected> expected = new ArrayList<>();
    for (JsonNode row : node.get("expected")) {
      expected.add(new Selected(row.get(0).asInt(), row.get(1).asInt(), row.get(2).asInt()));
    }
    JsonNode shape = node.get("scores_shape");
    assertThat(
            nms.run(
                floats(node.get("boxes")),
                floats(node.get("scores")),
                shape.get(0).asInt(),
                shape.get(1).asInt(),
                shape.get(2).asInt()))
        .as(node.get("id").asText())
        .isEqualTo(expected);
  }

  @Test
  void cases_holdTheTenOfficialNodeTests() {
    assertThat(cases().stream().filter(c -> c.get("id").asText().startsWith("test_nonmax")))
        .hasSize(10);
  }

  @Test
  void run_lengthsThatDisagree_areNamed() {
    OnnxNms nms = new OnnxNms(false, 1, .5f, OptionalDouble.empty());
    assertThatThrownBy(() -> nms.run(new float[4], new float[2], 1, 1, 1))
        .hasMessageContaining("scores [1, 1, 1]")
        .hasMessageContaining("4 and 2 values");
  }
}
