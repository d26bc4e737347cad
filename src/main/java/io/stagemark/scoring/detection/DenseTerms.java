package io.stagemark.scoring.detection;

import io.stagemark.scoring.kernel.LogitKernel;
import io.stagemark.scoring.kernel.LogitKernels;

/** Running sums of binary cross entropy and both focal forms, without α, in double. */
final class DenseTerms {
  private static final double CLAMP = 100;

  private final LogitKernel kernel = LogitKernels.best();
  private final double gamma;
  private final double unweightedGamma;
  private final double[] sums = new double[2];
  private final double[] unweightedSums = new double[2];

  DenseTerms(DenseLossSettings settings) {
    this.gamma = settings.gamma();
    this.unweightedGamma = settings.unweightedGamma();
  }

  double bce() {
    return sums[0];
  }

  double focal() {
    return sums[1];
  }

  /**
   * Returns the sum of the unweighted form, which differs by its exponent alone: targets are hard.
   */
  double unweighted() {
    return gamma == unweightedGamma ? sums[1] : unweightedSums[1];
  }

  /** Adds the first {@code count} scores as terms with target 0. */
  void addNegatives(double[] scores, int count, boolean logits) {
    add(scores, count, logits, gamma, sums);
    if (gamma != unweightedGamma) {
      add(scores, count, logits, unweightedGamma, unweightedSums);
    }
  }

  private void add(double[] scores, int count, boolean logits, double exponent, double[] to) {
    if (logits) {
      kernel.negativeLogits(scores, count, exponent, to);
    } else {
      kernel.negativeProbabilities(scores, count, exponent, to);
    }
  }

  /** Adds a term with target 1. */
  void addPositive(double score, boolean logits) {
    if (logits) {
      // a logit against 1 is its negative against 0
      addNegatives(new double[] {-score}, 1, true);
    } else {
      double crossEntropy = -Math.max(Math.log(score), -CLAMP);
      sums[0] += crossEntropy;
      sums[1] += Math.pow(1 - score, gamma) * crossEntropy;
      unweightedSums[1] += Math.pow(1 - score, unweightedGamma) * crossEntropy;
    }
  }
}
