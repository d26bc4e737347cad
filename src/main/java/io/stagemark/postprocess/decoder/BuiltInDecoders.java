package io.stagemark.postprocess.decoder;

import java.util.List;
import java.util.function.Function;

/** The decoders of this program, each named in the service file. */
final class BuiltInDecoders {
  private BuiltInDecoders() {}

  /**
   * What two decoders differ in.
   *
   * @param needsNms see {@link Decoder#needsNms}
   * @param multiLabel see {@link Decoder#hasMultiLabel}
   */
  private record Family(
      String name,
      String description,
      Function<Head, BoxDecoder> constructor,
      boolean needsNms,
      boolean multiLabel,
      List<DecoderParameter> parameters) {

    static Family suppressed(
        String name,
        String description,
        Function<Head, BoxDecoder> constructor,
        DecoderParameter... parameters) {
      return new Family(name, description, constructor, true, true, List.of(parameters));
    }

    static Family complete(
        String name,
        String description,
        Function<Head, BoxDecoder> constructor,
        DecoderParameter... parameters) {
      return new Family(name, description, constructor, false, true, List.of(parameters));
    }

    Family ofOneClassEach() {
      return new Family(name, description, constructor, needsNms, false, parameters);
    }
  }

  /** A decoder that its family defines. */
  private abstract static class OfFamily implements Decoder {
    private final Family family;

    OfFamily(Family family) {
      this.family = family;
    }

    @Override
    public final String name() {
      return family.name;
    }

    @Override
    public final String description() {
      return family.description;
    }

    @Override
    public final List<DecoderParameter> parameters() {
      return family.parameters;
    }

    @Override
    public final boolean needsNms() {
      return family.needsNms;
    }

    @Override
    public final boolean hasMultiLabel() {
      return family.multiLabel;
    }

    @Override
    public final BoxDecoder create(Head head) {
      return family.constructor.apply(head);
    }
  }

  /** See {@link CenterNet}. */
  public static final class CenterNetFamily extends OfFamily {
    public CenterNetFamily() {
      super(
          Family.suppressed(
              "centernet",
              "CenterNet: a score map and distances to the four sides on one grid",
              CenterNet::new));
    }
  }

  /** See {@link BlazeFace}. */
  public static final class BlazeFaceFamily extends OfFamily {
    public BlazeFaceFamily() {
      super(
          Family.suppressed(
                  "blazeface",
                  "BlazeFace: logits and boxes from anchors, one class",
                  BlazeFace::new)
              .ofOneClassEach());
    }
  }

  /** See {@link ObjectnessRows}. */
  public static final class YoloV5Family extends OfFamily {
    public YoloV5Family() {
      super(
          Family.suppressed(
              "yolov5",
              "YOLOv5 and YOLOv7: rows of box, objectness and class scores",
              ObjectnessRows::yoloV5));
    }
  }

  /** See {@link YoloV8}. */
  public static final class YoloV8Family extends OfFamily {
    public YoloV8Family() {
      super(
          Family.suppressed(
              "yolov8", "YOLOv8, YOLOv9 and YOLO11: columns of box and class scores", YoloV8::new));
    }
  }

  /** See {@link ObjectnessRows}. */
  public static final class YoloXFamily extends OfFamily {
    public YoloXFamily() {
      super(
          Family.suppressed(
              "yolox",
              "YOLOX: rows of box, objectness and class scores on three grids",
              ObjectnessRows::yoloX,
              new DecoderParameter(ObjectnessRows.DECODED, 0, 1, 0)));
    }
  }

  /** See {@link EndToEnd}. */
  public static final class YoloV10Family extends OfFamily {
    public YoloV10Family() {
      super(
          Family.complete(
                  "yolov10",
                  "YOLOv10 and others that end in rows of box, score and class",
                  EndToEnd::new)
              .ofOneClassEach());
    }
  }

  /** See {@link NanoDet}. */
  public static final class NanoDetFamily extends OfFamily {
    public NanoDetFamily() {
      super(
          Family.suppressed(
              "nanodet", "NanoDet: class scores and distributions of box sides", NanoDet::new));
    }
  }

  /** See {@link QueryBoxes}. */
  public static final class DetrFamily extends OfFamily {
    public DetrFamily() {
      super(
          Family.complete(
              "detr", "DETR, RT-DETR and others of queries: logits and boxes", QueryBoxes::new));
    }
  }

  /** See {@link ScoredBoxes}. */
  public static final class SsdFamily extends OfFamily {
    public SsdFamily() {
      super(
          Family.suppressed(
              "ssd",
              "SSD and UltraFace: probabilities with a background, and decoded boxes",
              ScoredBoxes::new,
              new DecoderParameter(ScoredBoxes.PIXELS, 0, 1, 0)));
    }
  }

  /** See {@link TextMap}. */
  public static final class TextMapFamily extends OfFamily {
    public TextMapFamily() {
      super(
          Family.complete(
                  "text-map",
                  "DBNet and others of text: a map of probabilities, turned rectangles",
                  TextMap::new,
                  new DecoderParameter(TextMap.MAP_THRESHOLD, 0, 1, 0.3),
                  new DecoderParameter(TextMap.UNCLIP, 0, 100, 1.5),
                  new DecoderParameter(TextMap.MIN_SIDE_PX, 0, 10_000, 3))
              .ofOneClassEach());
    }
  }
}
