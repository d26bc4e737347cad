package io.stagemark.postprocess;

import static io.stagemark.testdata.VectorCases.floats;
import static io.stagemark.testdata.VectorCases.ints;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.data.Detection;
import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.nms.NmsMethod;
import io.stagemark.testdata.VectorCases;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A YOLOv8 head from raw output to detections, against Ultralytics' rule. */
class YoloPipelineTest {
  /** Moves the image so that nothing is clipped, by a number that changes no bit. */
  private static final int SHIFT = 1 << 16;

  static List<JsonNode> cases() {
    return VectorCases.of("nms_yolo_pipeline.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void run_referenceCase_detectsTheSame(JsonNode node) {
    long[] shape = {1, node.get("shape").get(0).asLong(), node.get("shape").get(1).asLong()};
    TensorSpec spec =
        new TensorSpec("output0", ElementType.FLOAT32, List.of(shape[0], shape[1], shape[2]));
    Tensor output = Tensor.allocate(spec);
    output.floats().put(0, floats(node.get("pred")));
    BoxPostprocessor post =
        BoxPostprocessor.create(
            settings(node.get("params")), (int) shape[1] - 4, List.of(spec), 640, 640);

    post.run(i -> output, 0, new Geometry(4 * SHIFT, 4 * SHIFT, 1, 1, -SHIFT, -SHIFT));

    float[] expected = floats(node.get("expected"));
    List<Detection> detections = post.detections(0);
    assertThat(detections).hasSize(node.get("expected_rows").asInt());
    for (int i = 0; i < detections.size(); i++) {
      Detection detection = detections.get(i);
      assertThat(
              new float[] {
                (float) (detection.box().left() - SHIFT),
                (float) (detection.box().top() - SHIFT),
                (float) (detection.box().right() - SHIFT),
                (float) (detection.box().bottom() - SHIFT),
                (float) detection.score(),
                detection.classId()
              })
          .as("%s, detection %d", node.get("id").asText(), i)
          .containsExactly(Arrays.copyOfRange(expected, 6 * i, 6 * i + 6));
    }
  }

  private static DecoderSettings settings(JsonNode params) {
    return new DecoderSettings(
        "yolov8",
        params.get("conf").asDouble(),
        params.get("iou").asDouble(),
        params.get("max_nms").asInt(),
        params.get("max_det").asInt(),
        Map.of(),
        NmsMethod.ULTRALYTICS,
        OptionalDouble.empty(),
        params.get("agnostic").asBoolean(),
        params.get("multi").asBoolean(),
        params.get("classes").isNull()
            ? List.of()
            : Arrays.stream(ints(params.get("classes"))).boxed().toList());
  }
}
