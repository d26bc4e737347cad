package io.stagemark.inspect.prep;

import io.stagemark.inspect.head.Head;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What models with a head of one family are usually given.
 *
 * @param resize as in a card
 * @param padValue of a letterbox
 * @param color as in a card
 * @param normalisation of the values
 * @param source whose convention it is
 */
record Convention(
    String resize,
    OptionalDouble padValue,
    String color,
    Normalisation normalisation,
    String source) {

  /** Returns the convention of a head's family; of plain images where the family has none. */
  static Convention of(Head head) {
    return switch (head.family()) {
      case "yolov5", "yolov5-seg", "yolo-grids", "rows7" ->
          letterbox(114, "rgb", Normalisation.scaled(1.0 / 255), "YOLOv5's convention");
      case "yolov8", "yolov8-rows", "yolov8-seg", "yolov8-pose", "yolov8-obb" ->
          letterbox(114, "rgb", Normalisation.scaled(1.0 / 255), "the family's convention");
      case "yolov10", "yolov10-seg", "yolov10-obb", "yolov10-pose", "efficient-nms" ->
          letterbox(114, "rgb", Normalisation.scaled(1.0 / 255), "YOLO's convention");
      case "yolonas", "yolonas-batch" ->
          letterbox(114, "rgb", Normalisation.scaled(1.0 / 255), "YOLO-NAS' convention");
      case "yolox" ->
          new Convention(
              "letterbox-yolox",
              OptionalDouble.of(114),
              "bgr",
              Normalisation.none(),
              "YOLOX' convention");
      case "nanodet", "nanodet-plus" -> letterbox(0, "bgr", nanoDet(), "NanoDet's convention");
      case "blazeface" ->
          letterbox(
              0,
              "rgb",
              new Normalisation(1 / 127.5, List.of(1.0), List.of(1.0)),
              "MediaPipe's convention");
      case "scrfd" ->
          new Convention(
              "letterbox-top-left",
              OptionalDouble.of(0),
              "rgb",
              new Normalisation(1, List.of(127.5), List.of(128.0)),
              "InsightFace's convention");
      case "ultraface" ->
          stretch(
              "rgb",
              new Normalisation(1, List.of(127.0), List.of(128.0)),
              "UltraFace's convention");
      case "yunet" -> stretch("bgr", Normalisation.none(), "YuNet's convention");
      case "fastestdet", "yolo-fastestv2" ->
          stretch("bgr", Normalisation.scaled(1.0 / 255), "FastestDet's convention");
      case "text-map" ->
          new Convention(
              "letterbox-top-left",
              OptionalDouble.of(0),
              "bgr",
              Normalisation.imageNet(),
              "PaddleOCR's convention");
      case "classifier" ->
          new Convention(
              "center-crop",
              OptionalDouble.empty(),
              "rgb",
              Normalisation.imageNet(),
              "ImageNet's convention");
      case "segmentation",
          "segmentation-binary",
          "segmentation-labels",
          "detr",
          "centernet",
          "retinanet",
          "efficientdet",
          "fcos" ->
          stretch("rgb", Normalisation.imageNet(), "ImageNet's convention");
      case "tf-od" -> stretch("rgb", Normalisation.none(), "TensorFlow's convention");
      default -> ofImages();
    };
  }

  /** Returns what most models of images are given, whatever they are for. */
  static Convention ofImages() {
    return stretch("rgb", Normalisation.scaled(1.0 / 255), "most models of images");
  }

  /** Returns the convention of the detectors that Ultralytics and YOLOv5 export. */
  static Convention ofExportedDetector(String source) {
    return letterbox(114, "rgb", Normalisation.scaled(1.0 / 255), source);
  }

  /** Ultralytics gives its classifiers values in [0, 1], YOLOv5 normalises them as ImageNet's. */
  static Convention ofExportedClassifier(boolean ultralytics, String source) {
    Normalisation values = ultralytics ? Normalisation.scaled(1.0 / 255) : Normalisation.imageNet();
    return new Convention("center-crop", OptionalDouble.empty(), "rgb", values, source);
  }

  private static Convention letterbox(double pad, String color, Normalisation values, String who) {
    return new Convention("letterbox", OptionalDouble.of(pad), color, values, who);
  }

  private static Convention stretch(String color, Normalisation values, String who) {
    return new Convention("stretch", OptionalDouble.empty(), color, values, who);
  }

  private static Normalisation nanoDet() {
    return new Normalisation(1, List.of(103.53, 116.28, 123.675), List.of(57.375, 57.12, 58.395));
  }
}
