package io.stagemark.scoring.detection;

import java.util.Comparator;
import java.util.List;

/**
 * Matches the detections of one category in one image to its true objects, for every area range and
 * threshold: pycocotools' {@code computeIoU} and {@code evaluateImg}.
 */
final class CocoMatcher {
  private static final Comparator<CocoDetection> SUREST_FIRST =
      (a, b) -> descending(a.score(), b.score());

  private final CocoRules rules;
  private final List<CocoDetection> detections;
  private final List<CocoTruth> truths;
  private final double[][] iou;
  private final long[] truePositive;
  private final long[] falsePositive;
  private final int[] countedTruths = new int[CocoRules.AREAS];

  CocoMatcher(CocoRules rules, List<CocoDetection> unsorted, List<CocoTruth> truths) {
    this.rules = rules;
    this.detections =
        unsorted.stream().sorted(SUREST_FIRST).limit(rules.settings().most()).toList();
    this.truths = truths;
    this.iou = new double[detections.size()][truths.size()];
    for (int d = 0; d < detections.size(); d++) {
      for (int g = 0; g < truths.size(); g++) {
        iou[d][g] = iou(detections.get(d), truths.get(g));
      }
    }
    this.truePositive = new long[detections.size()];
    this.falsePositive = new long[detections.size()];
    for (int area = 0; area < CocoRules.AREAS; area++) {
      matchArea(area);
    }
  }

  /** Orders scores largest first, equal ones (and the two zeros) alike, NaN last, as NumPy does. */
  static int descending(double a, double b) {
    if (a == b) {
      return 0;
    }
    return a > b ? -1 : b > a ? 1 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
  }

  /** Returns the number of detections that count, surest first. */
  int size() {
    return detections.size();
  }

  double score(int detection) {
    return detections.get(detection).score();
  }

  /** Returns the bits in which the detection found an object. */
  long truePositive(int detection) {
    return truePositive[detection];
  }

  /** Returns the bits in which it did not and is held against the detector. */
  long falsePositive(int detection) {
    return falsePositive[detection];
  }

  /** Returns the number of objects that should be found in an area range. */
  int countedTruths(int area) {
    return countedTruths[area];
  }

  private static double iou(CocoDetection d, CocoTruth g) {
    if (d.points().isPresent() && g.points().isPresent()) {
      return d.points().get().similarity(g);
    }
    if (d.mask().isPresent() && g.mask().isPresent()) {
      return d.mask().get().overlap(g.mask().get(), g.crowd());
    }
    if (d.rotated().isPresent() && g.rotated().isPresent()) {
      return d.rotated().get().overlap(g.rotated().get(), g.crowd());
    }
    double width = Math.min(d.width() + d.x(), g.width() + g.x()) - Math.max(d.x(), g.x());
    double height = Math.min(d.height() + d.y(), g.height() + g.y()) - Math.max(d.y(), g.y());
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double intersection = width * height;
    double area = d.width() * d.height();
    double union = g.crowd() ? area : area + g.width() * g.height() - intersection;
    return intersection / union;
  }

  private void matchArea(int area) {
    boolean[] ignored = new boolean[truths.size()];
    int[] order = new int[truths.size()];
    int counted = 0;
    for (int g = 0; g < ignored.length; g++) {
      CocoTruth truth = truths.get(g);
      ignored[g] = truth.ignored() || rules.outside(area, truth.areaPx());
      if (!ignored[g]) {
        order[counted++] = g;
      }
    }
    countedTruths[area] = counted;
    for (int g = 0, next = counted; g < ignored.length; g++) {
      if (ignored[g]) {
        order[next++] = g;
      }
    }
    for (int t = 0; t < rules.thresholds(); t++) {
      matchThreshold(area, t, order, ignored);
    }
  }

  private void matchThreshold(int area, int threshold, int[] order, boolean[] ignored) {
    boolean[] taken = new boolean[truths.size()];
    for (int d = 0; d < detections.size(); d++) {
      int found = find(d, rules.threshold(threshold), order, ignored, taken);
      if (found >= 0) {
        taken[found] = true;
        if (!ignored[found]) {
          truePositive[d] |= rules.bit(area, threshold);
        }
      } else {
        CocoDetection detection = detections.get(d);
        if (!rules.outside(area, detection.areaPx())) {
          falsePositive[d] |= rules.bit(area, threshold);
        }
      }
    }
  }

  /**
   * Returns the object that a detection takes, or −1: the best overlap, the later of equals; an
   * ignored one only where no other passes; a crowd region as often as asked.
   */
  private int find(int d, double threshold, int[] order, boolean[] ignored, boolean[] taken) {
    double best = Math.min(threshold, 1 - 1e-10);
    int found = -1;
    for (int g : order) {
      if (taken[g] && !truths.get(g).crowd()) {
        continue;
      }
      if (found >= 0 && !ignored[found] && ignored[g]) {
        break;
      }
      if (!(iou[d][g] < best)) {
        best = iou[d][g];
        found = g;
      }
    }
    return found;
  }
}
