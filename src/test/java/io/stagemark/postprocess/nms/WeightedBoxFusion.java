package io.stagemark.postprocess.nms;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Weighted box fusion of the boxes of several models, as the authors define it: the reference
 * vectors check it, and {@link SelfFusion} is compared with it. Boxes that overlap become one box,
 * the mean of their corners weighted by score.
 *
 * <p>Greedy by descending score: a box joins the cluster of its class whose fused box it overlaps
 * most, if by more than the threshold. A cluster's score is then rescaled by how many models agree.
 * Boxes without area are dropped, corners out of order are swapped, coordinates clamped to [0,
 * extent].
 *
 * <p>Source: Solovyev et al., 2019, <a
 * href="https://arxiv.org/abs/1910.13302">arXiv:1910.13302</a>, and the rescaling of the authors'
 * code.
 */
final class WeightedBoxFusion {
  private final double iouThreshold;
  private final double scoreThreshold;
  private final Confidence confidence;
  private final boolean allowsOverflow;
  private final double extent;

  /** How the score of a cluster follows from those of its boxes. */
  enum Confidence {
    /** Mean, times min(models, boxes) / models. */
    AVG,
    /** Maximum, over the largest weight. */
    MAX,
    /** Mean by weight, times the weight of the models in the cluster. */
    BOX_AND_MODEL_AVG,
    /** Mean by weight, where a model without a box in the cluster counts as score 0. */
    ABSENT_MODEL_AWARE_AVG
  }

  /**
   * A fused box, or one to fuse.
   *
   * @param classId its class
   * @param score its score
   */
  record Scored(double left, double top, double right, double bottom, int classId, double score) {}

  /**
   * @param iouThreshold a box joins a cluster if the IoU is strictly above
   * @param scoreThreshold boxes below take no part
   * @param allowsOverflow with {@link Confidence#AVG}: more boxes than models raise the score above
   *     the mean
   * @param extent largest coordinate: 1 for normalised boxes
   */
  WeightedBoxFusion(
      double iouThreshold,
      double scoreThreshold,
      Confidence confidence,
      boolean allowsOverflow,
      double extent) {
    this.iouThreshold = iouThreshold;
    this.scoreThreshold = scoreThreshold;
    this.confidence = confidence;
    this.allowsOverflow = allowsOverflow;
    this.extent = extent;
  }

  /**
   * Fuses.
   *
   * @param models the boxes of each model
   * @param weights one a model, positive
   * @return fused boxes, best score first
   */
  List<Scored> fuse(List<List<Scored>> models, List<Double> weights) {
    if (models.size() != weights.size()) {
      throw new IllegalArgumentException(
          "%d models need as many weights, got %d".formatted(models.size(), weights.size()));
    }
    SortedMap<Integer, List<Member>> byClass = new TreeMap<>();
    for (int model = 0; model < models.size(); model++) {
      for (Scored box : models.get(model)) {
        Member member = Member.of(box, weights.get(model), model, extent);
        if (box.score() >= scoreThreshold && member.area() != 0) {
          byClass.computeIfAbsent(box.classId(), c -> new ArrayList<>()).add(member);
        }
      }
    }
    List<Scored> fused = new ArrayList<>();
    byClass.forEach(
        (classId, members) -> {
          for (Cluster cluster : clusters(members)) {
            fused.add(cluster.scored(classId, rescaled(cluster, weights)));
          }
        });
    return lastOfEqualsFirst(fused, Comparator.comparingDouble(Scored::score));
  }

  private List<Cluster> clusters(List<Member> members) {
    List<Cluster> clusters = new ArrayList<>();
    for (Member member :
        lastOfEqualsFirst(members, Comparator.comparingDouble(Member::weightedScore))) {
      Cluster best = null;
      double bestIou = iouThreshold;
      for (Cluster cluster : clusters) {
        double iou = cluster.iou(member.left, member.top, member.right, member.bottom);
        if (iou > bestIou) {
          bestIou = iou;
          best = cluster;
        }
      }
      if (best == null) {
        best =
            new Cluster(member.left, member.top, member.right, member.bottom, member.weightedScore);
        clusters.add(best);
      } else {
        best.add(
            member.left,
            member.top,
            member.right,
            member.bottom,
            member.weightedScore,
            confidence == Confidence.MAX);
      }
      best.credit(member);
    }
    return clusters;
  }

  /** Descending; among equals the last comes first, as numpy's reversed argsort has it. */
  private static <T> List<T> lastOfEqualsFirst(List<T> values, Comparator<T> ascending) {
    List<T> sorted = new ArrayList<>(values);
    sorted.sort(ascending);
    Collections.reverse(sorted);
    return sorted;
  }

  private double rescaled(Cluster cluster, List<Double> weights) {
    double total = weights.stream().mapToDouble(Double::doubleValue).sum();
    int boxes = cluster.size();
    return switch (confidence) {
      case MAX ->
          cluster.score() / weights.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      case BOX_AND_MODEL_AVG ->
          cluster.score() * boxes / cluster.weight() * cluster.modelWeight(weights) / total;
      case ABSENT_MODEL_AWARE_AVG ->
          cluster.score() * boxes / (cluster.weight() + total - cluster.modelWeight(weights));
      case AVG ->
          cluster.score() * (allowsOverflow ? boxes : Math.min(weights.size(), boxes)) / total;
    };
  }

  /** A box to fuse: corners in order and within the extent, score times the model's weight. */
  private record Member(
      double left,
      double top,
      double right,
      double bottom,
      double weightedScore,
      double weight,
      int model) {
    static Member of(Scored box, double weight, int model, double extent) {
      return new Member(
          clamp(Math.min(box.left, box.right), extent),
          clamp(Math.min(box.top, box.bottom), extent),
          clamp(Math.max(box.left, box.right), extent),
          clamp(Math.max(box.top, box.bottom), extent),
          box.score * weight,
          weight,
          model);
    }

    private static double clamp(double value, double extent) {
      return Math.min(Math.max(value, 0), extent);
    }

    double area() {
      return (right - left) * (bottom - top);
    }
  }

  /** Boxes that became one, and the one they became; accumulated in float32. */
  private static final class Cluster {
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

    /** A cluster of one box is that box. */
    Cluster(double l, double t, double r, double b, double weightedScore) {
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
  }
}
