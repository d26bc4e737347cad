package io.stagemark.scoring.detection;

/** The constants of one COCO evaluation, with the very doubles that pycocotools computes. */
final class CocoRules {
  /** Recall points 0, .01, … 1. */
  static final int RECALLS = 101;

  /** Area ranges: all, small, medium, large; inclusive at both ends, in square pixels. */
  static final int AREAS = 4;

  private static final double WIDEST = 1e10;

  private final CocoSettings settings;
  private final double[] thresholds;
  private final double[] areaFrom;
  private final double[] areaTo;

  CocoRules(CocoSettings settings) {
    this.settings = settings;
    this.thresholds = settings.iouThresholds().stream().mapToDouble(each -> each).toArray();
    double small = settings.areaBoundsPx2().get(0);
    double medium = settings.areaBoundsPx2().get(1);
    this.areaFrom = new double[] {0, 0, small, medium};
    this.areaTo = new double[] {WIDEST, small, medium, WIDEST};
  }

  CocoSettings settings() {
    return settings;
  }

  /** Returns the number of overlap thresholds. */
  int thresholds() {
    return thresholds.length;
  }

  double threshold(int index) {
    return thresholds[index];
  }

  /** Returns a recall point as {@code numpy.linspace(0, 1, 101)} rounds it. */
  static double recall(int index) {
    return index == RECALLS - 1 ? 1 : index * .01;
  }

  boolean outside(int area, double areaPx) {
    return areaPx < areaFrom[area] || areaPx > areaTo[area];
  }

  /** Returns the bit of an area range and a threshold. */
  long bit(int area, int threshold) {
    return 1L << (area * thresholds.length + threshold);
  }
}
