package io.stagemark.scoring.detection;

import java.util.Arrays;

/** Precision at each recall point and recall at the end, of one category; undefined is −1. */
final class CocoCurves {
  private final double[][][] precision;
  private final double[][] recall;
  private final double[][] recallOfFirst;

  CocoCurves(CocoRules rules) {
    precision = new double[CocoRules.AREAS][rules.thresholds()][CocoRules.RECALLS];
    recall = new double[CocoRules.AREAS][rules.thresholds()];
    recallOfFirst = new double[2][rules.thresholds()];
    for (int area = 0; area < CocoRules.AREAS; area++) {
      for (double[] points : precision[area]) {
        Arrays.fill(points, CocoFigures.UNDEFINED);
      }
      Arrays.fill(recall[area], CocoFigures.UNDEFINED);
    }
    for (double[] each : recallOfFirst) {
      Arrays.fill(each, CocoFigures.UNDEFINED);
    }
  }

  void setPrecision(int area, int threshold, int point, double value) {
    precision[area][threshold][point] = value;
  }

  void setRecall(int area, int threshold, double value) {
    recall[area][threshold] = value;
  }

  /**
   * Sets the recall of the first detections of an image, all areas.
   *
   * @param most index of the settings' number of detections: 0 or 1
   */
  void setRecallOfFirst(int most, int threshold, double value) {
    recallOfFirst[most][threshold] = value;
  }

  double precision(int area, int threshold, int point) {
    return precision[area][threshold][point];
  }

  /**
   * Returns recall with as many detections an image as the settings' number of that index says; the
   * first two for all areas only.
   */
  double recall(int area, int threshold, int most) {
    return most < recallOfFirst.length ? recallOfFirst[most][threshold] : recall[area][threshold];
  }
}
