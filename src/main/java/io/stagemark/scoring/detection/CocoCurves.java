package io.stagemark.scoring.detection;

import java.util.Arrays;

/** Precision at each recall point and recall at the end, of one category; undefined is −1. */
final class CocoCurves {
  private final double[][][] precision =
      new double[CocoRules.AREAS][CocoRules.THRESHOLDS][CocoRules.RECALLS];
  private final double[][] recall = new double[CocoRules.AREAS][CocoRules.THRESHOLDS];
  private final double[] recallOfFirst1 = new double[CocoRules.THRESHOLDS];
  private final double[] recallOfFirst10 = new double[CocoRules.THRESHOLDS];

  CocoCurves() {
    for (int area = 0; area < CocoRules.AREAS; area++) {
      for (double[] points : precision[area]) {
        Arrays.fill(points, CocoFigures.UNDEFINED);
      }
      Arrays.fill(recall[area], CocoFigures.UNDEFINED);
    }
    Arrays.fill(recallOfFirst1, CocoFigures.UNDEFINED);
    Arrays.fill(recallOfFirst10, CocoFigures.UNDEFINED);
  }

  void setPrecision(int area, int threshold, int point, double value) {
    precision[area][threshold][point] = value;
  }

  void setRecall(int area, int threshold, double value) {
    recall[area][threshold] = value;
  }

  void setRecallOfFirst(int most, int threshold, double value) {
    (most == 1 ? recallOfFirst1 : recallOfFirst10)[threshold] = value;
  }

  double precision(int area, int threshold, int point) {
    return precision[area][threshold][point];
  }

  /** Returns recall with 1, 10 or 100 detections an image; the first two for all areas only. */
  double recall(int area, int threshold, int most) {
    return switch (most) {
      case 1 -> recallOfFirst1[threshold];
      case 10 -> recallOfFirst10[threshold];
      default -> recall[area][threshold];
    };
  }
}
