package io.stagemark.scoring.detection;

import io.stagemark.data.Annotation;
import io.stagemark.data.Detection;
import io.stagemark.data.object.ObjectPart;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What of an object a COCO evaluation compares: the {@code iouType} of pycocotools' {@code
 * COCOeval}.
 */
public enum CocoMeasure {
  /** Boxes: {@code bbox}. */
  BOXES("", Optional.empty()),
  /** Pixels: {@code segm}. */
  MASKS("mask-", Optional.of(ObjectPart.MASK)),
  /** Key points: {@code keypoints}. */
  KEY_POINTS("keypoint-", Optional.of(ObjectPart.KEY_POINTS)),
  /** Rectangles that may be turned, by the exact ratio of their areas; pycocotools has none. */
  ROTATED_BOXES("obb-", Optional.of(ObjectPart.ROTATED_BOX));

  /** pycocotools' own for key points. */
  private static final List<Integer> MAX_POSES = List.of(1, 10, 20);

  private final String prefix;
  private final Optional<ObjectPart> part;

  CocoMeasure(String prefix, Optional<ObjectPart> part) {
    this.prefix = prefix;
    this.part = part;
  }

  /** Returns the evaluation that a score of a config asks for, such as {@code coco-mask-ap}. */
  public static Optional<CocoMeasure> of(String score) {
    return Arrays.stream(values()).filter(each -> each.score().equals(score)).findFirst();
  }

  /** Returns the names of all scores. */
  public static List<String> scores() {
    return Arrays.stream(values()).map(CocoMeasure::score).toList();
  }

  /** Returns the score that a config asks for; its figures have longer names. */
  public String score() {
    return "coco-" + prefix + "ap";
  }

  /** Returns what a model must find and a data set must have besides boxes. */
  public Optional<ObjectPart> part() {
    return part;
  }

  /** Returns the name of a figure of a class, such as {@code mask-ap50}. */
  String ofClass(String figure) {
    return prefix + figure;
  }

  /** Returns the name of a figure: {@code coco-mask-ap-small} of {@code apSmall}. */
  String ofSet(String figure) {
    return "coco-" + prefix + figure.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** Returns settings for this measure: of key points, 20 detections where others have 100. */
  public CocoSettings settings(CocoSettings asked) {
    boolean usual = asked.maxDetections().equals(CocoSettings.COCO.maxDetections());
    return this == KEY_POINTS && usual
        ? new CocoSettings(asked.iouThresholds(), MAX_POSES, asked.areaBoundsPx2(), asked.sigmas())
        : asked;
  }

  /** Returns the figures by their names; COCO has no small objects with key points. */
  public Map<String, Double> figures(CocoFigures of, CocoSettings settings) {
    Map<String, Double> figures = new LinkedHashMap<>(of.byName(settings));
    if (this == KEY_POINTS) {
      figures.keySet().removeIf(name -> name.endsWith("Small"));
    }
    return figures;
  }

  /** Returns whether a true object has what is compared. */
  public boolean has(Annotation truth) {
    return switch (this) {
      case BOXES -> true;
      case MASKS -> truth.mask().isPresent();
      case KEY_POINTS -> truth.pose().isPresent();
      case ROTATED_BOXES -> truth.outline().isPresent();
    };
  }

  /**
   * Returns what of a detection is compared.
   *
   * @throws java.util.NoSuchElementException if it has no such part
   */
  public CocoDetection detection(Detection found, CocoSettings settings) {
    return switch (this) {
      case BOXES -> CocoDetection.of(found);
      case MASKS ->
          new CocoDetection(
              found.classId(), found.score(), RunLengthMask.of(found.mask().orElseThrow()));
      case KEY_POINTS ->
          new CocoDetection(
              found.classId(),
              found.score(),
              KeyPoints.of(found.pose().orElseThrow(), settings.sigmas()));
      case ROTATED_BOXES ->
          new CocoDetection(
              found.classId(), found.score(), RotatedBox.of(found.outline().orElseThrow()));
    };
  }

  /**
   * Returns what of a true object is compared.
   *
   * @throws java.util.NoSuchElementException if it has no such part
   */
  public CocoTruth truth(Annotation annotation, CocoSettings settings) {
    CocoTruth box = CocoTruth.of(annotation);
    return switch (this) {
      case BOXES -> box;
      case MASKS ->
          box.with(
              Optional.of(RunLengthMask.of(annotation.mask().orElseThrow())), Optional.empty());
      case KEY_POINTS ->
          box.with(
              Optional.empty(),
              Optional.of(KeyPoints.of(annotation.pose().orElseThrow(), settings.sigmas())));
      case ROTATED_BOXES -> box.with(RotatedBox.of(annotation.outline().orElseThrow()));
    };
  }
}
