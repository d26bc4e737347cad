package io.stagemark.scoring.detection;

import io.stagemark.data.Annotation;
import io.stagemark.data.DenseCandidates;
import java.util.List;

/**
 * Focal loss and binary cross entropy of a detector over all candidates × classes of an image,
 * before any threshold or non-maximum suppression.
 *
 * <p>Candidates are assigned by {@link DenseAssignment}; the target of a positive candidate is
 * one-hot, that of a background candidate zero. With {@code z = x} for target 1 and {@code −x} for
 * target 0:
 *
 * <pre>
 *   bce   = softplus(−z)                             from logits
 *   bce   = −max(ln p_t, −100)                       from probabilities
 *   focal = α_t · (1 − p_t)^γ · bce                  α_t = α or 1 − α
 *   unweighted = α · (1 − p_t)^γ · bce               p_t = exp(−bce)
 * </pre>
 *
 * <p>Source: Lin and others, Focal Loss for Dense Object Detection, 2017, arXiv 1708.02002. Sums
 * are accumulated in double, in candidate order within blocks.
 */
public final class DenseDetectionLoss {
  private static final int BLOCK_CANDIDATES = 64;

  private final DenseLossSettings settings;

  public DenseDetectionLoss(DenseLossSettings settings) {
    this.settings = settings;
  }

  /**
   * Returns the losses of one image.
   *
   * @throws IllegalArgumentException if a truth's class is not one of the candidates', or a
   *     probability is NaN or outside [0, 1]; the message names it
   */
  public DenseLossResult evaluate(DenseCandidates candidates, List<Annotation> truths) {
    return evaluate(CandidateScores.of(candidates), truths);
  }

  /** Returns the losses of one image, from scores in double; throws as the other one does. */
  public DenseLossResult evaluate(CandidateScores candidates, List<Annotation> truths) {
    requireClasses(truths, candidates.classes());
    DenseAssignment assignment = DenseAssignment.of(candidates, truths, settings);
    DenseTerms negatives = new DenseTerms(settings);
    DenseTerms positives = new DenseTerms(settings);
    addBackground(candidates, assignment, negatives);
    double[] others = new double[candidates.classes()];
    for (int i = 0; i < candidates.count(); i++) {
      if (assignment.match(i) >= 0) {
        int target = truths.get(assignment.match(i)).classId();
        for (int k = 0; k < others.length; k++) {
          others[k] = checked(candidates, i, k);
        }
        positives.addPositive(others[target], candidates.logits());
        others[target] = nothing(candidates.logits());
        negatives.addNegatives(others, others.length, candidates.logits());
      }
    }
    long terms = (long) candidates.classes() * (assignment.positives() + assignment.background());
    return new DenseLossResult(
        new DenseLossResult.Sums(
            settings.alpha() * positives.focal(), (1 - settings.alpha()) * negatives.focal()),
        new DenseLossResult.Sums(
            settings.unweightedAlpha() * positives.unweighted(),
            settings.unweightedAlpha() * negatives.unweighted()),
        new DenseLossResult.Sums(positives.bce(), negatives.bce()),
        assignment.positives(),
        assignment.ignored(),
        assignment.background(),
        assignment.positives(),
        terms - assignment.positives());
  }

  /** Adds the background candidates block by block, so that either memory layout is read once. */
  private static void addBackground(
      CandidateScores candidates, DenseAssignment assignment, DenseTerms terms) {
    boolean logits = candidates.logits();
    double nothing = nothing(logits); // in place of the candidates that are not background
    double[] block = new double[BLOCK_CANDIDATES * candidates.classes()];
    for (int from = 0; from < candidates.count(); from += BLOCK_CANDIDATES) {
      int to = Math.min(from + BLOCK_CANDIDATES, candidates.count());
      int size = 0;
      for (int k = 0; k < candidates.classes(); k++) {
        for (int i = from; i < to; i++) {
          boolean counts = assignment.match(i) == DenseAssignment.BACKGROUND;
          block[size++] = counts ? checked(candidates, i, k) : nothing;
        }
      }
      terms.addNegatives(block, size, logits);
    }
  }

  /** Returns the score whose term with target 0 is exactly 0. */
  private static double nothing(boolean logits) {
    return logits ? Double.NEGATIVE_INFINITY : 0;
  }

  private static double checked(CandidateScores candidates, int i, int k) {
    double score = candidates.score(i, k);
    if (!candidates.logits() && !(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException(
          "candidate %d, class %d: %s is not a probability in [0, 1]".formatted(i, k, score));
    }
    return score;
  }

  static void requireClasses(List<Annotation> truths, int classes) {
    for (int g = 0; g < truths.size(); g++) {
      int classId = truths.get(g).classId();
      if (!truths.get(g).crowd() && (classId < 0 || classId >= classes)) {
        throw new IllegalArgumentException(
            "truth %d has class %d; the candidates have classes 0 to %d"
                .formatted(g, classId, classes - 1));
      }
    }
  }
}
