package io.stagemark.postprocess.decoder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The decoders by the name that a model card gives. */
public final class Decoders {
  private static final Map<String, Kind> BY_NAME =
      new TreeMap<>(
          Map.of(
              "centernet", suppressed(CenterNet::new),
              "blazeface", suppressed(BlazeFace::new).ofOneClassEach(),
              "yolov5", suppressed(ObjectnessRows::yoloV5),
              "yolov8", suppressed(YoloV8::new),
              "yolox",
                  suppressed(
                      ObjectnessRows::yoloX, new DecoderParameter(ObjectnessRows.DECODED, 0, 1, 0)),
              "yolov10", complete(EndToEnd::new).ofOneClassEach(),
              "nanodet", suppressed(NanoDet::new),
              "detr", complete(QueryBoxes::new),
              "ssd",
                  suppressed(ScoredBoxes::new, new DecoderParameter(ScoredBoxes.PIXELS, 0, 1, 0)),
              "text-map",
                  complete(
                          TextMap::new,
                          new DecoderParameter(TextMap.MAP_THRESHOLD, 0, 1, 0.3),
                          new DecoderParameter(TextMap.UNCLIP, 0, 100, 1.5),
                          new DecoderParameter(TextMap.MIN_SIDE_PX, 0, 10_000, 3))
                      .ofOneClassEach()));

  private Decoders() {}

  private record Kind(
      Function<Head, BoxDecoder> constructor,
      List<DecoderParameter> parameters,
      boolean needsNms,
      boolean multiLabel) {

    Kind ofOneClassEach() {
      return new Kind(constructor, parameters, needsNms, false);
    }
  }

  private static Kind suppressed(
      Function<Head, BoxDecoder> constructor, DecoderParameter... parameters) {
    return new Kind(constructor, List.of(parameters), true, true);
  }

  private static Kind complete(
      Function<Head, BoxDecoder> constructor, DecoderParameter... parameters) {
    return new Kind(constructor, List.of(parameters), false, true);
  }

  /** Returns the names, sorted. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * Returns what a card may set for a decoder.
   *
   * @throws IllegalArgumentException if there is no decoder of that name
   */
  public static List<DecoderParameter> parameters(String type) {
    return kind(type).parameters;
  }

  /**
   * Returns false for a decoder whose boxes need no suppression: the network has done it, or they
   * are apart by their making.
   *
   * @throws IllegalArgumentException if there is no decoder of that name
   */
  public static boolean needsNms(String type) {
    return kind(type).needsNms;
  }

  /**
   * Returns whether a candidate has a score for each class, so that it may count for several; false
   * where the model has one class for each box.
   *
   * @throws IllegalArgumentException if there is no decoder of that name
   */
  public static boolean hasMultiLabel(String type) {
    return kind(type).multiLabel;
  }

  private static Kind kind(String type) {
    Kind kind = BY_NAME.get(type);
    if (kind == null) {
      throw new IllegalArgumentException(
          "no decoder '%s'; there are %s".formatted(type, BY_NAME.keySet()));
    }
    return kind;
  }

  /**
   * Makes a decoder for a model.
   *
   * @throws IllegalArgumentException if there is no decoder of that name, it has no such parameter
   *     or not of that value, or its layout is not the model's; the message names both
   */
  public static BoxDecoder create(Head head) {
    Kind kind = kind(head.type());
    Map<String, Double> parameters = new HashMap<>();
    kind.parameters.forEach(each -> parameters.put(each.name(), each.fallback()));
    head.parameters()
        .forEach((name, value) -> parameters.put(name, checked(head.type(), kind, name, value)));
    return kind.constructor.apply(
        new Head(
            head.type(),
            head.classes(),
            head.outputs(),
            head.inputWidthPx(),
            head.inputHeightPx(),
            parameters));
  }

  /** Returns the other decoders that read such outputs, with the defaults of their parameters. */
  static List<String> reading(Head head) {
    List<String> fitting = new ArrayList<>();
    for (String type : BY_NAME.keySet()) {
      if (!type.equals(head.type()) && reads(type, head)) {
        fitting.add(type);
      }
    }
    return fitting;
  }

  private static boolean reads(String type, Head head) {
    try {
      create(
          new Head(
              type,
              head.classes(),
              head.outputs(),
              head.inputWidthPx(),
              head.inputHeightPx(),
              Map.of()));
      return true;
    } catch (LayoutException e) {
      return false; // it reads others
    }
  }

  private static double checked(String type, Kind kind, String name, double value) {
    DecoderParameter parameter =
        kind.parameters.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "decoder '%s' has no parameter [%s]; it knows %s"
                            .formatted(
                                type,
                                name,
                                kind.parameters.stream().map(DecoderParameter::name).toList())));
    if (!parameter.allows(value)) {
      throw new IllegalArgumentException(
          "parameter %s of decoder '%s' must be in [%s, %s], got %s"
              .formatted(name, type, parameter.min(), parameter.max(), value));
    }
    return value;
  }
}
