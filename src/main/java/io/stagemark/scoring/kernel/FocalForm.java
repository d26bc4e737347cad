package io.stagemark.scoring.kernel;

/**
 * Which focal loss.
 *
 * @param positiveAlpha weight of target 1
 * @param negativeAlpha weight of target 0; targets between take the line between
 * @param gamma focusing exponent, at least 0
 * @param fromCrossEntropy true for the unweighted form's {@code 1 − p_t = 1 − exp(−bce)}, false for
 *     the paper's {@code 1 − p_t = σ(x)(1−t) + σ(−x)t}; they differ for soft targets alone
 */
public record FocalForm(
    double positiveAlpha, double negativeAlpha, double gamma, boolean fromCrossEntropy) {

  /** Returns the paper's form; an alpha that is NaN weighs nothing. */
  public static FocalForm paper(double alpha, double gamma) {
    return Double.isNaN(alpha)
        ? new FocalForm(1, 1, gamma, false)
        : new FocalForm(alpha, 1 - alpha, gamma, false);
  }

  /** Returns the unweighted form: one alpha for both targets, 1 unless a user sets it. */
  public static FocalForm unweighted(double alpha, double gamma) {
    return new FocalForm(alpha, alpha, gamma, true);
  }

  /** Returns a term from cross entropy and the paper's {@code 1 − p_t}. */
  public double term(double target, double crossEntropy, double paperMiss) {
    double alpha = positiveAlpha * target + negativeAlpha * (1 - target);
    double miss = fromCrossEntropy ? -Math.expm1(-crossEntropy) : paperMiss;
    double weight = alpha * power(miss, gamma);
    return weight == 0 && crossEntropy == Double.POSITIVE_INFINITY ? 0 : weight * crossEntropy;
  }

  /** Returns {@code base^exponent}, by multiplication for the usual exponents 2 and 1. */
  static double power(double base, double exponent) {
    return exponent == 2 ? base * base : exponent == 1 ? base : Math.pow(base, exponent);
  }
}
