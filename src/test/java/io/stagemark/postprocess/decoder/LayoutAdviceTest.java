package io.stagemark.postprocess.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The next step names what does not fit: it is not always the labels. */
final class LayoutAdviceTest {

  private static String advice(String type, int classes, int side, TensorSpec... outputs) {
    Head head = new Head(type, classes, List.of(outputs), side, side, Map.of());
    LayoutException refused =
        catchThrowableOfType(LayoutException.class, () -> Decoders.create(head));
    assertThat(refused).as("%s reads %s", type, List.of(outputs)).isNotNull();
    return refused.tryThis();
  }

  private static TensorSpec spec(ElementType type, long... shape) {
    return new TensorSpec("out", type, Arrays.stream(shape).boxed().toList());
  }

  /** Shapes such as {@code 1x84x8400 1x4}. */
  private static TensorSpec[] specs(String shapes) {
    List<TensorSpec> specs = new ArrayList<>();
    for (String shape : shapes.split(" ", -1)) {
      List<Long> extents = Arrays.stream(shape.split("x", -1)).map(Long::valueOf).toList();
      specs.add(new TensorSpec("out" + specs.size(), ElementType.FLOAT32, extents));
    }
    return specs.toArray(TensorSpec[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "yolov5, 80, 1x85x25200, output 'out0' transposed to [1; 25200; 85]: its axes are in another"
        + " order",
    "yolov8, 2, 1x84x8400, 80 labels: output 'out0' has so many classes; the card has 2 labels",
    "yolov8, 80, 84x8400, output 'out0' with 3 axes; batch first: it has 2",
    "yolov8, 80, 1x84x8400 1x32x160x160, an export with 1 output (boxes and scores); not 2",
    "yolov10, 80, 1x6x300, output 'out0' transposed to [1; 300; 6]: its axes are in another order",
    "yolov10, 80, 1x300x7, output 'out0' with 6 on axis 2 of its 3 axes",
    "detr, 5, 1x100x91 1x100x4, 91 labels: output 'out0' has so many classes; the card has 5 labels",
    "ssd, 2, 1x4420x1 1x4420x4, output 'out0' with 3 on axis 2 of its 3 axes",
    "centernet, 2, 1x16x16x2 1x16x16x4, output 'out0' transposed to [1; 2; 16; 16]: its axes are in"
        + " another order",
    "centernet-wh, 3, 1x5x16x16 1x2x16x16 1x2x16x16, 5 labels: output 'out0' has so many classes;"
        + " the card has 3 labels",
    "centernet-wh, 3, 1x3x16x16, an export with 2 outputs (a score map; a map of sizes); not 1",
    "yunet-2022, 1, 235x10 235x2 235x1, output 'out0' with 14 on axis 1 of its 2 axes",
    "yunet-2022, 1, 1076x14 1076x2 1076x1, the input size that the 1076 rows of the outputs are of",
    "yunet-2022, 2, 235x14 235x2 235x1, 1 label: decoder 'yunet-2022' finds objects of one class;"
        + " the card has 2 labels",
    "text-map, 2, 1x1x64x64, 1 label: decoder 'text-map' finds objects of one class; the card has 2"
        + " labels",
    "text-map, 1, 1x64x64, output 'out0' with 4 axes; batch first: it has 3",
    "blazeface, 3, 1x512x1 1x512x16, 1 label: decoder 'blazeface' finds objects of one class; the"
        + " card has 3 labels",
    "nanodet, 3, 1x64x80 1x64x32, 80 labels: output 'out0' has so many classes; the card has 3"
        + " labels"
  })
  void tryThis_oneMismatch_isNamed(String type, int classes, String shapes, String expected) {
    // a comma ends a value of the table
    assertThat(advice(type, classes, 64, specs(shapes)).replace(',', ';')).startsWith(expected);
  }

  @Test
  void tryThis_shapesOfAnotherDecoder_namesIt() {
    assertThat(advice("yolov5", 80, 640, specs("1x84x8400")))
        .endsWith("decoder.type: yolov8, which reads outputs of these shapes");
    assertThat(advice("yolov8", 80, 640, specs("1x25200x85")))
        .endsWith("decoder.type: yolov5, which reads outputs of these shapes");
    assertThat(advice("yolov8", 2, 640, specs("1x100x3 1x100x4"))).contains("decoder.type: detr");
    assertThat(advice("centernet", 3, 64, specs("1x3x16x16 1x2x16x16 1x2x16x16")))
        .endsWith("decoder.type: centernet-wh, which reads outputs of these shapes");
    assertThat(advice("centernet-wh", 3, 64, specs("1x3x16x16 1x4x16x16")))
        .startsWith("output 'out1' with 2 on axis 1 of its 4 axes")
        .endsWith("decoder.type: centernet, which reads outputs of these shapes");
  }

  @Test
  void tryThis_integerOutput_isTheTypeAndNothingElse() {
    assertThat(advice("yolov8", 2, 64, spec(ElementType.UINT8, 1, 6, 84)))
        .startsWith("an export whose output 'out' is float32, float16, bfloat16 or float64")
        .doesNotContain("label");
  }

  @Test
  void tryThis_outputsOfASelection_nameTheDecodersOfSuch() {
    TensorSpec labels = spec(ElementType.INT64, 1, 300);
    TensorSpec[] outputs = {
      labels, spec(ElementType.FLOAT32, 1, 300, 4), spec(ElementType.FLOAT32, 1, 300)
    };
    assertThat(advice("yolov8", 80, 640, outputs))
        .isEqualTo("decoder.type: selected or tf-od, which reads outputs of these shapes");
    assertThat(advice("selected", 80, 640, specs("1x300x84")))
        .contains("decoder.type: rtdetr-ultralytics or yolov8");
  }

  @ParameterizedTest
  @CsvSource({
    "scrfd, 5, 128x1 32x1 8x1 128x4 32x4 8x4, for each stride an output [N; 2 x cells; 10]",
    "scrfd, 6, 128x1 32x1 8x1 128x4 32x4 8x4 128x10 32x10 8x10, for each stride an output",
    "yunet, 5, 1x64x1 1x16x1 1x4x1 1x64x1 1x16x1 1x4x1 1x64x4 1x16x4 1x4x4, [N; cells; 10]",
    "yunet-2022, 6, 235x14 235x2 235x1, 5 are in loc [priors; 14]",
    "blazeface, 6, 1x32x1 1x32x15, boxes [N; anchors; 16 or more]"
  })
  void tryThis_keyPointsThatTheExportDoesNotHave_areLeftOut(
      String type, int points, String shapes, String expected) {
    Map<String, String> parameters = Map.of("keyPoints", Integer.toString(points));
    Head head = new Head(type, 1, List.of(specs(shapes)), 64, 64, parameters);
    LayoutException refused =
        catchThrowableOfType(LayoutException.class, () -> Decoders.create(head));
    assertThat(refused.expected().replace(',', ';'))
        .contains(points + " key points: ")
        .contains(expected);
    assertThat(refused.tryThis())
        .isEqualTo(
            "decoder.parameters: {keyPoints: 0}, which reads boxes alone, or an export with key"
                + " points");
  }

  // 640x640 px: 80² + 40² + 20² = 8400 cells of strides 8, 16 and 32
  @Test
  void tryThis_candidatesOfAnotherInputSize_namesThatSize() {
    assertThat(advice("yolox", 2, 416, specs("1x8400x7")))
        .startsWith("an input of 640x640 px, whose cells are these 8400 candidates")
        .contains("decoder.parameters: {decoded: 1}");
    assertThat(advice("nanodet", 2, 320, specs("1x2704x2 1x2704x32")))
        .contains("a grid of 2704 cells is none of 1600, 400, 100, 25 at 320x320 px");
  }

  @ParameterizedTest
  @CsvSource({"FLOAT16", "BFLOAT16", "FLOAT64", "FLOAT32"})
  void create_floatingPointOutputOfAnyType_isRead(ElementType type) {
    Head head = new Head("yolov8", 2, List.of(spec(type, 1, 6, 84)), 64, 64, Map.of());
    assertThat(Decoders.create(head)).isNotNull();
  }
}
