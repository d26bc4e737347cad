package io.stagemark.scoring.detection;

/** The constants of the COCO protocol, with the very doubles that pycocotools computes. */
final class CocoRules {
  /** Overlap thresholds .50, .55, … .95. */
  static final int THRESHOLDS = 10;

  /** Recall points 0, .01, … 1. */
  static final int RECALLS = 101;

  /** Area ranges: all, small, medium, large; inclusive at both ends, in square pixels. */
  static final int AREAS = 4;

  /** Detections of one category and image that count. */
  static final int MAX_DETECTIONS = 100;

  private static final double[] AREA_FROM = {0, 0, 32 * 32, 96 * 96};
  private static final double[] AREA_TO = {1e10, 32 * 32, 96 * 96, 1e10};

  private CocoRules() {}

  /** Returns a threshold as {@code numpy.linspace(.5, .95, 10)} rounds it. */
  static double threshold(int index) {
    return index == THRESHOLDS - 1 ? .95 : index * ((.95 - .5) / (THRESHOLDS - 1)) + .5;
  }

  /** Returns a recall point as {@code numpy.linspace(0, 1, 101)} rounds it. */
  static double recall(int index) {
    return index == RECALLS - 1 ? 1 : index * .01;
  }

  static boolean outside(int area, double areaPx) {
    return areaPx < AREA_FROM[area] || areaPx > AREA_TO[area];
  }
}
