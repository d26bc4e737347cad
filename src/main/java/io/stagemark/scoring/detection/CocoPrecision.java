package io.stagemark.scoring.detection;

import java.util.List;

/**
 * Precision at COCO's recall points 0, .01, … 1, all areas, where detections are taken from the
 * surest down: each list has 101 ratios, or is empty without an object that should be found, or
 * where the evaluation has no such threshold. The mean of a list is the average precision of the
 * same thresholds.
 *
 * @param at50 with threshold .50: its mean is ap50
 * @param at75 with threshold .75: its mean is ap75
 * @param at50To95 the mean over the evaluation's thresholds, .50, .55, … .95 by default: its mean
 *     is ap
 */
public record CocoPrecision(List<Double> at50, List<Double> at75, List<Double> at50To95) {
  public CocoPrecision {
    at50 = List.copyOf(at50);
    at75 = List.copyOf(at75);
    at50To95 = List.copyOf(at50To95);
  }
}
