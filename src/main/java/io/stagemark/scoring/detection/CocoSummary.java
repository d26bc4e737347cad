package io.stagemark.scoring.detection;

import java.util.ArrayList;
import java.util.List;

/** Means over the curves of some categories: pycocotools' {@code summarize}. */
final class CocoSummary {
  private final CocoRules rules;
  private final List<CocoCurves> categories;

  CocoSummary(CocoRules rules, List<CocoCurves> categories) {
    this.rules = rules;
    this.categories = categories;
  }

  CocoFigures figures() {
    int all = rules.thresholds();
    return new CocoFigures(
        precision(0, 0, all),
        precisionAt(.5),
        precisionAt(.75),
        precision(1, 0, all),
        precision(2, 0, all),
        precision(3, 0, all),
        recall(0, 0),
        recall(0, 1),
        recall(0, 2),
        recall(1, 2),
        recall(2, 2),
        recall(3, 2));
  }

  private double precisionAt(double threshold) {
    int index = rules.settings().indexOf(threshold);
    return index < 0 ? CocoFigures.UNDEFINED : precision(0, index, index + 1);
  }

  List<Double> apByThreshold() {
    List<Double> byThreshold = new ArrayList<>();
    for (int t = 0; t < rules.thresholds(); t++) {
      byThreshold.add(precision(0, t, t + 1));
    }
    return byThreshold;
  }

  /** Returns the curves that average precision over all areas integrates. */
  CocoPrecision precision() {
    return new CocoPrecision(curveAt(.5), curveAt(.75), curve(0, rules.thresholds()));
  }

  private List<Double> curveAt(double threshold) {
    int index = rules.settings().indexOf(threshold);
    return index < 0 ? List.of() : curve(index, index + 1);
  }

  private List<Double> curve(int fromThreshold, int toThreshold) {
    List<Double> points = new ArrayList<>();
    for (int r = 0; r < CocoRules.RECALLS; r++) {
      double sum = 0;
      int count = 0;
      for (CocoCurves curves : categories) {
        for (int t = fromThreshold; t < toThreshold; t++) {
          double value = curves.precision(0, t, r);
          if (value > CocoFigures.UNDEFINED) {
            sum += value;
            count++;
          }
        }
      }
      if (count > 0) {
        points.add(sum / count);
      }
    }
    return points;
  }

  private double precision(int area, int fromThreshold, int toThreshold) {
    double[] defined = new double[categories.size() * CocoRules.RECALLS * rules.thresholds()];
    int count = 0;
    for (int t = fromThreshold; t < toThreshold; t++) {
      for (int r = 0; r < CocoRules.RECALLS; r++) {
        for (CocoCurves curves : categories) {
          double value = curves.precision(area, t, r);
          if (value > CocoFigures.UNDEFINED) {
            defined[count++] = value;
          }
        }
      }
    }
    return mean(defined, count);
  }

  private double recall(int area, int most) {
    double[] defined = new double[categories.size() * rules.thresholds()];
    int count = 0;
    for (int t = 0; t < rules.thresholds(); t++) {
      for (CocoCurves curves : categories) {
        double value = curves.recall(area, t, most);
        if (value > CocoFigures.UNDEFINED) {
          defined[count++] = value;
        }
      }
    }
    return mean(defined, count);
  }

  private static double mean(double[] values, int count) {
    return count == 0 ? CocoFigures.UNDEFINED : pairwiseSum(values, 0, count) / count;
  }

  /**
   * Sums in NumPy's order: halves down to 128, then eight lanes; fewer than eight numbers one by
   * one. So figures agree with pycocotools to the bit.
   */
  private static double pairwiseSum(double[] values, int from, int count) {
    if (count > 128) {
      int half = count / 2;
      half -= half % 8;
      return pairwiseSum(values, from, half) + pairwiseSum(values, from + half, count - half);
    }
    if (count < 8) {
      double few = 0;
      for (int i = from; i < from + count; i++) {
        few += values[i];
      }
      return few;
    }
    double[] lane = new double[8];
    System.arraycopy(values, from, lane, 0, 8);
    int i = 8;
    for (; i < count - count % 8; i += 8) {
      for (int l = 0; l < 8; l++) {
        lane[l] += values[from + i + l];
      }
    }
    double sum =
        ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
    for (; i < count; i++) {
      sum += values[from + i];
    }
    return sum;
  }
}
