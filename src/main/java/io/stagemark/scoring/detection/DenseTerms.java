package io.stagemark.scoring.detection;

/** Running sums of binary cross entropy and both focal forms, without α, in double. */
final class DenseTerms {
  private static final double CLAMP = 100;

  private final double gamma;
  private final double seedGamma;
  private double bce;
  private double focal;
  private double seed;

  DenseTerms(DenseLossSettings settings) {
    this.gamma = settings.gamma();
    this.seedGamma = settings.seedGamma();
  }

  double bce() {
    return bce;
  }

  double focal() {
    return focal;
  }

  double seed() {
    return seed;
  }

  void add(DenseTerms other) {
    bce += other.bce;
    focal += other.focal;
    seed += other.seed;
  }

  /** Adds terms with target 0. */
  void addNegatives(double[] scores, int count, boolean logits) {
    for (int i = 0; i < count; i++) {
      addNegative(scores[i], logits);
    }
  }

  void addPositive(double score, boolean logits) {
    if (logits) {
      addLogit(-score);
    } else {
      addProbability(Math.log(score), 1 - score);
    }
  }

  void addNegative(double score, boolean logits) {
    if (logits) {
      addLogit(score);
    } else {
      addProbability(Math.log1p(-score), score);
    }
  }

  /** Adds a term with cross entropy softplus(x) and 1 − p_t = σ(x). */
  private void addLogit(double x) {
    double e = Math.exp(-Math.abs(x));
    double crossEntropy = Math.max(x, 0) + Math.log1p(e);
    double miss = (x >= 0 ? 1 : e) / (1 + e);
    add(crossEntropy, power(miss, gamma), power(miss, seedGamma));
  }

  /** Adds a term from ln p_t and 1 − p_t; the seed's form sees the clamped logarithm. */
  private void addProbability(double logPt, double miss) {
    double crossEntropy = -Math.max(logPt, -CLAMP);
    double seedMiss = -Math.expm1(-crossEntropy);
    add(crossEntropy, power(miss, gamma), power(seedMiss, seedGamma));
  }

  private void add(double crossEntropy, double focalFactor, double seedFactor) {
    bce += crossEntropy;
    if (crossEntropy != 0) { // an infinite exponent apart, 0 · anything is the limit 0
      focal += focalFactor * crossEntropy;
      seed += seedFactor * crossEntropy;
    }
  }

  private static double power(double base, double exponent) {
    return exponent == 2 ? base * base : Math.pow(base, exponent);
  }
}
