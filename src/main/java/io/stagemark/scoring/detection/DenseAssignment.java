package io.stagemark.scoring.detection;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import java.util.Arrays;
import java.util.List;

/**
 * The true object that each candidate is assigned to, as RetinaNet assigns its anchors.
 *
 * <p>A candidate goes to the object with which its intersection over union is largest (the lowest
 * index among equals): positive from {@code positiveIou} up, ignored in {@code [negativeIou,
 * positiveIou)}, background below. Crowd regions are ignored as true objects: they are neither
 * matched nor do they excuse a candidate that overlaps one, as Detectron's and torchvision's
 * training of RetinaNet leaves them out. With low-quality matches, the candidates that overlap an
 * object most of all (above 0) are restored to their own best object whatever the overlap.
 *
 * <p>Source: Lin and others, Focal Loss for Dense Object Detection, 2017, arXiv 1708.02002, section
 * 4; the rule for low-quality matches is that of torchvision's {@code Matcher}, with the demand
 * that the overlap be positive added.
 */
final class DenseAssignment {
  /** The candidate is background: every class is a negative term. */
  public static final int BACKGROUND = -1;

  /** The candidate's overlap is between the thresholds: none of its terms count. */
  public static final int IGNORED = -2;

  private final int[] match;
  private final int positives;
  private final int ignored;

  private DenseAssignment(int[] match) {
    this.match = match;
    this.positives = (int) Arrays.stream(match).filter(m -> m >= 0).count();
    this.ignored = (int) Arrays.stream(match).filter(m -> m == IGNORED).count();
  }

  /** Assigns every candidate. A box with a NaN edge or turned inside out overlaps nothing. */
  public static DenseAssignment of(
      CandidateScores candidates, List<Annotation> truths, DenseLossSettings settings) {
    int count = candidates.count();
    int[] best = new int[count];
    double[] bestIou = new double[count];
    double[] mostForTruth = new double[truths.size()];
    for (int i = 0; i < count; i++) {
      best[i] = BACKGROUND;
      for (int g = 0; g < truths.size(); g++) {
        if (truths.get(g).crowd()) {
          continue;
        }
        double iou = iou(candidates, i, truths.get(g).box());
        if (best[i] == BACKGROUND || iou > bestIou[i]) {
          best[i] = g;
          bestIou[i] = iou;
        }
        mostForTruth[g] = Math.max(mostForTruth[g], iou);
      }
    }
    int[] match = new int[count];
    for (int i = 0; i < count; i++) {
      match[i] = classify(best[i], bestIou[i], settings);
    }
    if (settings.lowQualityMatches()) {
      restoreLowQuality(match, best, candidates, truths, mostForTruth);
    }
    return new DenseAssignment(match);
  }

  private static int classify(int best, double iou, DenseLossSettings settings) {
    if (best == BACKGROUND || iou < settings.negativeIou()) {
      return BACKGROUND;
    }
    return iou >= settings.positiveIou() ? best : IGNORED;
  }

  private static void restoreLowQuality(
      int[] match,
      int[] best,
      CandidateScores candidates,
      List<Annotation> truths,
      double[] mostForTruth) {
    for (int g = 0; g < truths.size(); g++) {
      if (truths.get(g).crowd() || mostForTruth[g] <= 0) {
        continue;
      }
      for (int i = 0; i < match.length; i++) {
        if (iou(candidates, i, truths.get(g).box()) == mostForTruth[g]) {
          match[i] = best[i];
        }
      }
    }
  }

  private static double iou(CandidateScores candidates, int i, Box truth) {
    double left = candidates.edge(i, 0);
    double top = candidates.edge(i, 1);
    double right = candidates.edge(i, 2);
    double bottom = candidates.edge(i, 3);
    double width = Math.min(right, truth.right()) - Math.max(left, truth.left());
    double height = Math.min(bottom, truth.bottom()) - Math.max(top, truth.top());
    if (!(width > 0 && height > 0)) {
      return 0;
    }
    double intersection = width * height;
    return intersection / ((right - left) * (bottom - top) + truth.area() - intersection);
  }

  /** Returns the index of the candidate's object, or {@link #BACKGROUND}, or {@link #IGNORED}. */
  public int match(int candidate) {
    return match[candidate];
  }

  /** Returns the number of candidates that are assigned to an object. */
  public int positives() {
    return positives;
  }

  /** Returns the number of candidates between the thresholds. */
  public int ignored() {
    return ignored;
  }

  /** Returns the number of candidates that are background. */
  public int background() {
    return match.length - positives - ignored;
  }
}
