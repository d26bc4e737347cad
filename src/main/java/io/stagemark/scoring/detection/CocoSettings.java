package io.stagemark.scoring.detection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;

/**
 * What a COCO evaluation may be asked to do otherwise than COCO: pycocotools' {@code Params}.
 *
 * @param iouThresholds overlaps that AP and AR are means over, ascending, each in (0, 1]; at most
 *     {@link #MAX_THRESHOLDS}
 * @param maxDetections how many detections of an image and category count for the three AR, three
 *     numbers, ascending; the last one counts for AP
 * @param areaBoundsPx2 where medium begins and ends, in square pixels: two numbers, ascending
 * @param sigmas how far annotators scatter about each key point, in (0, 1]; empty: COCO's for the
 *     17 points of a person, 1 / points for others, as Ultralytics has it
 */
public record CocoSettings(
    List<Double> iouThresholds,
    List<Integer> maxDetections,
    List<Double> areaBoundsPx2,
    // left out of stored runs when empty, as by older programs
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Double> sigmas) {
  /** As many as fit into one number beside the four area ranges. */
  public static final int MAX_THRESHOLDS = 16;

  /** COCO's own: .50 to .95; 1, 10 and 100 detections; 32² and 96² px². */
  public static final CocoSettings COCO =
      new CocoSettings(linspace(), List.of(1, 10, 100), List.of(1024.0, 9216.0));

  /** An evaluation with the usual σ of key points. */
  public CocoSettings(
      List<Double> iouThresholds, List<Integer> maxDetections, List<Double> areaBoundsPx2) {
    this(iouThresholds, maxDetections, areaBoundsPx2, List.of());
  }

  public CocoSettings {
    sigmas = sigmas == null ? List.of() : List.copyOf(sigmas);
    if (!sigmas.stream().allMatch(each -> each > 0 && each <= 1)) {
      throw new IllegalArgumentException("sigmas in (0, 1], got " + sigmas);
    }
    iouThresholds = List.copyOf(iouThresholds);
    maxDetections = List.copyOf(maxDetections);
    areaBoundsPx2 = List.copyOf(areaBoundsPx2);
    if (iouThresholds.isEmpty() || iouThresholds.size() > MAX_THRESHOLDS) {
      throw new IllegalArgumentException(
          "1 to %d thresholds, got %s".formatted(MAX_THRESHOLDS, iouThresholds));
    }
    if (!ascending(iouThresholds)
        || !(iouThresholds.get(0) > 0)
        || !(iouThresholds.get(iouThresholds.size() - 1) <= 1)) {
      throw new IllegalArgumentException("thresholds in (0, 1], ascending, got " + iouThresholds);
    }
    if (maxDetections.size() != 3
        || maxDetections.get(0) < 1
        || maxDetections.get(0) >= maxDetections.get(1)
        || maxDetections.get(1) >= maxDetections.get(2)) {
      throw new IllegalArgumentException(
          "three numbers of detections from 1, ascending, got " + maxDetections);
    }
    if (areaBoundsPx2.size() != 2 || !ascending(areaBoundsPx2) || areaBoundsPx2.get(0) < 0) {
      throw new IllegalArgumentException(
          "two bounds of areas from 0, ascending, got " + areaBoundsPx2);
    }
  }

  private static boolean ascending(List<Double> values) {
    for (int i = 1; i < values.size(); i++) {
      if (!(values.get(i - 1) < values.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns thresholds as {@code numpy.linspace(.5, .95, 10)} rounds them. */
  private static List<Double> linspace() {
    List<Double> thresholds = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      thresholds.add(i * ((.95 - .5) / 9) + .5);
    }
    thresholds.add(.95);
    return thresholds;
  }

  /** Returns how many detections of one category and image count for AP. */
  int most() {
    return maxDetections.get(2);
  }

  /** Returns the place of a threshold; −1 if it is none of them. */
  int indexOf(double threshold) {
    for (int i = 0; i < iouThresholds.size(); i++) {
      if (Math.abs(iouThresholds.get(i) - threshold) < 1e-9) {
        return i;
      }
    }
    return -1;
  }
}
