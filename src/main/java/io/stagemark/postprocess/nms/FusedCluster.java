package io.stagemark.postprocess.nms;

/**
 * Boxes that became one, and the one they became; accumulated in float32 as the original does.
 * Memory is reused after {@link #start}.
 */
final class FusedCluster {
  private float leftSum;
  private float topSum;
  private float rightSum;
  private float bottomSum;
  private double scoreSum;
  private int size;
  private double left;
  private double top;
  private double right;
  private double bottom;
  private double score;

  /** Begins anew: a cluster of one box is that box. */
  void start(double l, double t, double r, double b, double boxScore) {
    leftSum = 0;
    topSum = 0;
    rightSum = 0;
    bottomSum = 0;
    scoreSum = 0;
    size = 0;
    sum(l, t, r, b, boxScore);
    left = l;
    top = t;
    right = r;
    bottom = b;
    score = boxScore;
  }

  /** Adds a box and fuses anew; the score is the mean of all. */
  void add(double l, double t, double r, double b, double boxScore) {
    sum(l, t, r, b, boxScore);
    left = (float) (leftSum / scoreSum);
    top = (float) (topSum / scoreSum);
    right = (float) (rightSum / scoreSum);
    bottom = (float) (bottomSum / scoreSum);
    score = (float) (scoreSum / size);
  }

  private void sum(double l, double t, double r, double b, double boxScore) {
    leftSum = (float) (leftSum + boxScore * l);
    topSum = (float) (topSum + boxScore * t);
    rightSum = (float) (rightSum + boxScore * r);
    bottomSum = (float) (bottomSum + boxScore * b);
    scoreSum += boxScore;
    size++;
  }

  double iou(double l, double t, double r, double b) {
    double width = Math.min(right, r) - Math.max(left, l);
    double height = Math.min(bottom, b) - Math.max(top, t);
    double intersection = Math.max(width, 0) * Math.max(height, 0);
    return intersection / ((right - left) * (bottom - top) + (r - l) * (b - t) - intersection);
  }

  double score() {
    return score;
  }

  /** Writes the fused box into an entry of a list. */
  void into(BoxList boxes, int index) {
    boxes.box(index, (float) left, (float) top, (float) right, (float) bottom);
  }
}
