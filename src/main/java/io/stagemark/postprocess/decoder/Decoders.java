package io.stagemark.postprocess.decoder;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The decoders by the name that a model card gives. */
public final class Decoders {
  private static final Map<String, Function<Head, BoxDecoder>> BY_NAME =
      new TreeMap<>(
          Map.of(
              "centernet", CenterNet::new,
              "blazeface", BlazeFace::new,
              "yolov5", ObjectnessRows::yoloV5,
              "yolov8", YoloV8::new,
              "yolox", ObjectnessRows::yoloX,
              "yolov10", EndToEnd::new,
              "nanodet", NanoDet::new,
              "detr", QueryBoxes::new,
              "ssd", ScoredBoxes::new,
              "text-map", TextMap::new));

  private Decoders() {}

  /** Returns the names, sorted. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * Makes a decoder for a model.
   *
   * @throws IllegalArgumentException if there is no decoder of that name, or its layout is not the
   *     model's; the message names both
   */
  public static BoxDecoder create(Head head) {
    Function<Head, BoxDecoder> constructor = BY_NAME.get(head.type());
    if (constructor == null) {
      throw new IllegalArgumentException(
          "no decoder '%s'; there are %s".formatted(head.type(), BY_NAME.keySet()));
    }
    return constructor.apply(head);
  }
}
