package io.stagemark.postprocess.nms;

import io.stagemark.postprocess.nms.WeightedBoxFusion.Member;
import io.stagemark.postprocess.nms.WeightedBoxFusion.Scored;
import java.util.ArrayList;
import java.util.List;

/** Boxes that became one, and the one they became; accumulated in float32 as the original does. */
final class FusedCluster {
  private final List<Member> members = new ArrayList<>();
  private double left;
  private double top;
  private double right;
  private double bottom;
  private double score;

  /** A cluster of one box is that box. */
  FusedCluster(Member first) {
    members.add(first);
    left = first.left();
    top = first.top();
    right = first.right();
    bottom = first.bottom();
    score = first.weightedScore();
  }

  /** Adds a box and fuses anew; the score is the mean or the maximum of the members'. */
  void add(Member member, boolean maximum) {
    members.add(member);
    float l = 0;
    float t = 0;
    float r = 0;
    float b = 0;
    double sum = 0;
    double largest = 0;
    for (Member m : members) {
      l = (float) (l + m.weightedScore() * m.left());
      t = (float) (t + m.weightedScore() * m.top());
      r = (float) (r + m.weightedScore() * m.right());
      b = (float) (b + m.weightedScore() * m.bottom());
      sum += m.weightedScore();
      largest = Math.max(largest, m.weightedScore());
    }
    left = (float) (l / sum);
    top = (float) (t / sum);
    right = (float) (r / sum);
    bottom = (float) (b / sum);
    score = (float) (maximum ? largest : sum / members.size());
  }

  double iou(Member other) {
    double width = Math.min(right, other.right()) - Math.max(left, other.left());
    double height = Math.min(bottom, other.bottom()) - Math.max(top, other.top());
    double intersection = Math.max(width, 0) * Math.max(height, 0);
    return intersection / ((right - left) * (bottom - top) + other.area() - intersection);
  }

  int size() {
    return members.size();
  }

  double score() {
    return score;
  }

  /** Returns the sum of the members' weights. */
  double weight() {
    return members.stream().mapToDouble(Member::weight).sum();
  }

  /** Returns the sum of the weights of the models that have a member. */
  double modelWeight(List<Double> weights) {
    return members.stream().mapToInt(Member::model).distinct().mapToDouble(weights::get).sum();
  }

  Scored scored(int classId, double rescaledScore) {
    return new Scored(left, top, right, bottom, classId, rescaledScore);
  }
}
