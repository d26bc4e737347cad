package io.stagemark.data;

import java.util.List;
import java.util.Optional;

/**
 * Precision against recall of a detector over a data set, as COCO takes it: at recall 0, .01, … 1,
 * the highest precision that any threshold of the score gives with at least that recall. The mean
 * of the points is the average precision.
 *
 * <p>Source: {@code COCOeval.accumulate} of pycocotools 2.0, {@code precision[:, :, :, 0, -1]}.
 *
 * @param category the class; empty for the mean over the classes that have a true object
 * @param iou least overlap of a detection with its object, as pycocotools writes it: {@code 0.50},
 *     {@code 0.75}, or {@code 0.50:0.95} for the mean over ten of them
 * @param truths objects that should be found: crowd regions apart
 * @param precision 101 ratios in [0, 1]; empty without an object that should be found
 */
public record PrecisionRecallCurve(
    Optional<String> category, String iou, long truths, List<Double> precision) {
  /** Points of recall: 0, .01, … 1. */
  public static final int POINTS = 101;

  public PrecisionRecallCurve {
    precision = List.copyOf(precision);
    if (!precision.isEmpty() && precision.size() != POINTS) {
      throw new IllegalArgumentException(
          "a curve has %d points or none, got %d".formatted(POINTS, precision.size()));
    }
  }

  /** Returns the recall of a point, a ratio. */
  public static double recall(int point) {
    return point / (POINTS - 1.0);
  }

  /** Returns the mean of its points, the average precision; NaN where there are none. */
  public double mean() {
    return precision.stream().mapToDouble(p -> p).average().orElse(Double.NaN);
  }
}
