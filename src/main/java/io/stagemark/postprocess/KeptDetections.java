package io.stagemark.postprocess;

import io.stagemark.data.CandidateCounts;
import io.stagemark.data.Geometry;
import io.stagemark.postprocess.nms.BoxList;

/** What the last run kept of one slot, in source pixels. Memory is reused. */
final class KeptDetections {
  private double[] edges = new double[4 * 64];
  private double[] scores = new double[64];
  private int[] classIds = new int[64];
  private int size;
  private int aboveThreshold;
  private int nonFinite;
  private int intoNms;

  /** Maps the kept boxes back to the source image and clips them to it. */
  void set(BoxList boxes, int[] kept, int count, Geometry geometry) {
    if (scores.length < count) {
      int capacity = Math.max(count, 2 * scores.length);
      edges = new double[4 * capacity];
      scores = new double[capacity];
      classIds = new int[capacity];
    }
    double width = geometry.sourceWidthPx();
    double height = geometry.sourceHeightPx();
    for (int i = 0; i < count; i++) {
      int box = kept[i];
      double left = clip(geometry.sourceX(boxes.left()[box]), width);
      double top = clip(geometry.sourceY(boxes.top()[box]), height);
      edges[4 * i] = left;
      edges[4 * i + 1] = top;
      // a head may give corners out of order: such a box is empty, not inside out
      edges[4 * i + 2] = Math.max(left, clip(geometry.sourceX(boxes.right()[box]), width));
      edges[4 * i + 3] = Math.max(top, clip(geometry.sourceY(boxes.bottom()[box]), height));
      scores[i] = boxes.scores()[box];
      classIds[i] = boxes.classIds()[box];
    }
    size = count;
  }

  /** Notes how many candidates there were, how many not finite, how many suppression looked at. */
  void setCounts(int above, int notFinite, int entered) {
    aboveThreshold = above;
    nonFinite = notFinite;
    intoNms = entered;
  }

  private static double clip(double value, double limit) {
    return Math.min(Math.max(value, 0), limit);
  }

  int size() {
    return size;
  }

  double edge(int index, int side) {
    return edges[4 * index + side];
  }

  double score(int index) {
    return scores[index];
  }

  int classId(int index) {
    return classIds[index];
  }

  CandidateCounts counts() {
    return new CandidateCounts(aboveThreshold, nonFinite, intoNms, size);
  }
}
