package io.stagemark.postprocess;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Outputs that each decoder reads, for an input of 64x64 px. */
final class DecoderLayouts {
  /**
   * One decoder's.
   *
   * @param classes 2, or 1 where the decoder has one
   */
  record Layout(String type, int classes, Map<String, String> parameters, List<TensorSpec> specs) {
    List<Tensor> allocate() {
      return specs.stream().map(Tensor::allocate).toList();
    }

    @Override
    public String toString() {
      return parameters.containsKey("keyPoints") ? type + " with key points" : type;
    }
  }

  static final List<Layout> ALL =
      List.of(
          layout("centernet", 2, "1x2x8x8 1x4x8x8"),
          layout("centernet-wh", 2, "1x2x8x8 1x2x8x8 1x2x8x8"),
          layout("blazeface", 1, "1x32x1 1x32x16"),
          layout("yolov5", 2, "1x60x7"),
          layout("yolov8", 2, "1x6x60"),
          layout("yolox", 2, "1x84x7"),
          layout("yolov10", 2, "1x50x6"),
          layout("rows7", 2, "50x7"),
          layout("nanodet", 2, "1x64x2 1x64x32"),
          layout("nanodet-plus", 2, "1x84x34"),
          layout("picodet", 2, "1x84x34"),
          layout("detr", 2, "1x40x3 1x40x4"),
          layout("rtdetr-ultralytics", 2, "1x40x6"),
          layout("ssd", 2, "1x40x3 1x40x4"),
          layout("yolonas", 2, "1x2x40 1x40x4"),
          layout("scrfd", 1, "128x1 32x1 8x1 128x4 32x4 8x4"),
          layout("yunet", 1, "1x64x1 1x16x1 1x4x1 1x64x1 1x16x1 1x4x1 1x64x4 1x16x4 1x4x4"),
          layout("yunet-2022", 1, "235x14 235x2 235x1"),
          layout("fastestdet", 2, "1x7x4x4"),
          layout(
              "fcos",
              2,
              "1x64x2 1x16x2 1x4x2 1x1x2 1x1x2 1x64x4 1x16x4 1x4x4 1x1x4 1x1x4 1x64x1 1x16x1 1x4x1"
                  + " 1x1x1 1x1x1"),
          layout("yolo-grids", 2, "1x3x8x8x7 1x3x4x4x7 1x3x2x2x7"),
          layout("yolo-fastestv2", 2, "1x4x4x17 1x2x2x17"),
          layout("retinanet", 2, "1x774x2 1x774x4"),
          layout("efficientdet", 2, "1x774x2 1x774x4"),
          layout("selected", 2, "1x20x4 1x20 1x20:int64"),
          layout("tf-od", 2, "1x20x4 1x20 1x20 1"),
          layout("onnx-nms", 2, "1x20x4 1x2x20 9x3:int64"),
          new Layout(
              "ssd-priors",
              2,
              Map.of("anchors", "8 8 16 12", "strides", "16", "anchorsPerCell", "2"),
              specs("1x32x3 1x32x4")),
          layout("yolov8-seg", 2, "1x10x60 1x4x16x16"),
          layout("yolov5-seg", 2, "1x60x11 1x4x16x16"),
          layout("yolov10-seg", 2, "1x50x10 1x4x16x16"),
          layout("yolov8-pose", 1, "1x56x60"),
          layout("yolov7-pose", 1, "1x60x57"),
          layout("yolov10-pose", 1, "1x50x57"),
          faces("scrfd", 5, "128x1 32x1 8x1 128x4 32x4 8x4 128x10 32x10 8x10"),
          faces(
              "yunet",
              5,
              "1x64x1 1x16x1 1x4x1 1x64x1 1x16x1 1x4x1 1x64x4 1x16x4 1x4x4 1x64x10 1x16x10 1x4x10"),
          faces("yunet-2022", 5, "235x14 235x2 235x1"),
          faces("blazeface", 6, "1x32x1 1x32x16"),
          layout("text-map", 1, "1x1x32x32"));

  private DecoderLayouts() {}

  private static Layout layout(String type, int classes, String shapes) {
    return new Layout(type, classes, Map.of(), specs(shapes));
  }

  private static Layout faces(String type, int points, String shapes) {
    return new Layout(type, 1, Map.of("keyPoints", Integer.toString(points)), specs(shapes));
  }

  /** Shapes such as {@code 1x20x4 1x20:int64}. */
  private static List<TensorSpec> specs(String shapes) {
    List<TensorSpec> specs = new ArrayList<>();
    for (String each : shapes.split(" ", -1)) {
      String[] parts = each.split(":", -1);
      List<Long> shape = Arrays.stream(parts[0].split("x", -1)).map(Long::valueOf).toList();
      ElementType type =
          parts.length > 1 ? ElementType.of(parts[1]).orElseThrow() : ElementType.FLOAT32;
      specs.add(new TensorSpec("output" + specs.size(), type, shape));
    }
    return specs;
  }
}
