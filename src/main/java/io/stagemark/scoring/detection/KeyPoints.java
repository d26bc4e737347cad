package io.stagemark.scoring.detection;

import java.util.List;

/**
 * The key points of an object, and how alike those of a detection are: object key point similarity,
 * {@code Σ exp(−dᵢ² / (2 · area · (2σᵢ)²))} over the labelled points, divided by their number
 * (COCO, "Keypoint Evaluation"; {@code computeOks} of pycocotools 2.0). An object without labelled
 * points counts for nothing; a detection is compared with its box, doubled on each side.
 */
public final class KeyPoints {
  /** σ of COCO's 17 points of a person, from the nose to the ankles. */
  private static final double[] PERSON = {
    .026, .025, .025, .035, .035, .079, .079, .072, .072, .062, .062, .107, .107, .087, .087, .089,
    .089
  };

  private final double[] x;
  private final double[] y;
  private final boolean[] labelled;
  private final int count;

  private KeyPoints(double[] x, double[] y, boolean[] labelled, int count) {
    this.x = x;
    this.y = y;
    this.labelled = labelled;
    this.count = count;
  }

  /**
   * Returns the points of a file.
   *
   * @param numbers x, y and visibility of each, in pixels; 0 is a point that is not labelled
   */
  public static KeyPoints of(List<Double> numbers) {
    if (numbers.isEmpty() || numbers.size() % 3 != 0) {
      throw new IllegalArgumentException(
          "key points are three numbers each, got " + numbers.size());
    }
    int points = numbers.size() / 3;
    double[] x = new double[points];
    double[] y = new double[points];
    boolean[] labelled = new boolean[points];
    int count = 0;
    for (int i = 0; i < points; i++) {
      x[i] = numbers.get(3 * i);
      y[i] = numbers.get(3 * i + 1);
      labelled[i] = numbers.get(3 * i + 2) > 0;
      count += labelled[i] ? 1 : 0;
    }
    return new KeyPoints(x, y, labelled, count);
  }

  /** Returns the number of points. */
  public int size() {
    return x.length;
  }

  /** Returns whether any point is labelled. */
  boolean isLabelled() {
    return count > 0;
  }

  /** Returns σ of a point: COCO's for 17 points of a person, 1 / points for others. */
  private double sigma(int point) {
    return x.length == PERSON.length ? PERSON[point] : 1.0 / x.length;
  }

  /**
   * Returns how alike these points of a detection are to an object's.
   *
   * @param truth with as many key points
   */
  double similarity(CocoTruth truth) {
    KeyPoints right = truth.points().orElseThrow();
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      if (right.isLabelled() && !right.labelled[i]) {
        continue;
      }
      double dx = x[i] - right.x[i];
      double dy = y[i] - right.y[i];
      if (!right.isLabelled()) {
        dx = beyond(x[i], truth.x() - truth.width(), truth.x() + 2 * truth.width());
        dy = beyond(y[i], truth.y() - truth.height(), truth.y() + 2 * truth.height());
      }
      double variance = 4 * sigma(i) * sigma(i);
      sum += Math.exp(-(dx * dx + dy * dy) / variance / (truth.areaPx() + Math.ulp(1.0)) / 2);
    }
    return sum / (right.isLabelled() ? right.count : x.length);
  }

  private static double beyond(double value, double from, double to) {
    return Math.max(0, from - value) + Math.max(0, value - to);
  }
}
