package io.stagemark.scoring.detection;

import io.stagemark.data.object.ObjectPose;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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
  private final List<Double> sigmas;

  private KeyPoints(double[] x, double[] y, boolean[] labelled, int count, List<Double> sigmas) {
    this.sigmas = sigmas;
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
    return of(numbers, List.of());
  }

  /**
   * Returns the points of an object.
   *
   * @param sigmas of each point; empty for the usual ones
   * @throws IllegalArgumentException if there is another number of points than of σ
   */
  static KeyPoints of(ObjectPose pose, List<Double> sigmas) {
    return of(
        pose.points().stream().flatMap(p -> Stream.of(p.x(), p.y(), p.visibility())).toList(),
        sigmas);
  }

  private static KeyPoints of(List<Double> numbers, List<Double> sigmas) {
    if (numbers.isEmpty() || numbers.size() % 3 != 0) {
      throw new IllegalArgumentException(
          "key points are three numbers each, got " + numbers.size());
    }
    int points = numbers.size() / 3;
    if (!sigmas.isEmpty() && sigmas.size() != points) {
      throw new IllegalArgumentException(
          "%d sigmas for %d key points".formatted(sigmas.size(), points));
    }
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
    return new KeyPoints(x, y, labelled, count, sigmas);
  }

  /** Returns the number of points. */
  public int size() {
    return x.length;
  }

  double left() {
    return Arrays.stream(x).min().orElse(0);
  }

  double top() {
    return Arrays.stream(y).min().orElse(0);
  }

  double right() {
    return Arrays.stream(x).max().orElse(0);
  }

  double bottom() {
    return Arrays.stream(y).max().orElse(0);
  }

  /** Returns whether any point is labelled. */
  boolean isLabelled() {
    return count > 0;
  }

  /** Returns σ of a point: by default COCO's for 17 points of a person, 1 / points for others. */
  private double sigma(int point) {
    if (!sigmas.isEmpty()) {
      return sigmas.get(point);
    }
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
      double like =
          Math.exp(-(dx * dx + dy * dy) / variance / (truth.areaPx() + Math.ulp(1.0)) / 2);
      sum += Double.isNaN(like) ? 0 : like; // a point that is no number is nowhere
    }
    return sum / (right.isLabelled() ? right.count : x.length);
  }

  private static double beyond(double value, double from, double to) {
    return Math.max(0, from - value) + Math.max(0, value - to);
  }
}
