package io.stagemark.postprocess.nms;

import io.stagemark.postprocess.nms.WeightedBoxFusion.Member;
import io.stagemark.postprocess.nms.WeightedBoxFusion.Scored;
import java.util.BitSet;
import java.util.List;

/**
 * Boxes that became one, and the one they became; accumulated in float32 as the original does.
 * Memory is reused after {@link #start}.
 */
final class FusedCluster {
  private final BitSet models = new BitSet();
  private float leftSum;
  private float topSum;
  private float rightSum;
  private float bottomSum;
  private double scoreSum;
  private double largestScore;
  private double weight;
  private int size;
  private double left;
  private double top;
  private double right;
  private double bottom;
  private double score;

  /** Begins anew: a cluster of one box is that box. */
  void start(double l, double t, double r, double b, double weightedScore) {
    models.clear();
    leftSum = 0;
    topSum = 0;
    rightSum = 0;
    bottomSum = 0;
    scoreSum = 0;
    largestScore = 0;
    weight = 0;
    size = 0;
    sum(l, t, r, b, weightedScore);
    left = l;
    top = t;
    right = r;
    bottom = b;
    score = weightedScore;
  }

  /** Adds a box and fuses anew; the score is the mean or the maximum of all. */
  void add(double l, double t, double r, double b, double weightedScore, boolean maximum) {
    sum(l, t, r, b, weightedScore);
    left = (float) (leftSum / scoreSum);
    top = (float) (topSum / scoreSum);
    right = (float) (rightSum / scoreSum);
    bottom = (float) (bottomSum / scoreSum);
    score = (float) (maximum ? largestScore : scoreSum / size);
  }

  private void sum(double l, double t, double r, double b, double weightedScore) {
    leftSum = (float) (leftSum + weightedScore * l);
    topSum = (float) (topSum + weightedScore * t);
    rightSum = (float) (rightSum + weightedScore * r);
    bottomSum = (float) (bottomSum + weightedScore * b);
    scoreSum += weightedScore;
    largestScore = Math.max(largestScore, weightedScore);
    size++;
  }

  /** Notes which model the box just taken is of. */
  void credit(Member member) {
    models.set(member.model());
    weight += member.weight();
  }

  double iou(double l, double t, double r, double b) {
    double width = Math.min(right, r) - Math.max(left, l);
    double height = Math.min(bottom, b) - Math.max(top, t);
    double intersection = Math.max(width, 0) * Math.max(height, 0);
    return intersection / ((right - left) * (bottom - top) + (r - l) * (b - t) - intersection);
  }

  int size() {
    return size;
  }

  double score() {
    return score;
  }

  /** Returns the sum of the weights of the boxes' models, a box at a time. */
  double weight() {
    return weight;
  }

  /** Returns the sum of the weights of the models that have a box here. */
  double modelWeight(List<Double> weights) {
    return models.stream().mapToDouble(weights::get).sum();
  }

  Scored scored(int classId, double rescaledScore) {
    return new Scored(left, top, right, bottom, classId, rescaledScore);
  }

  /** Writes the fused box into an entry of a list. */
  void into(BoxList boxes, int index) {
    boxes.box(index, (float) left, (float) top, (float) right, (float) bottom);
  }
}
