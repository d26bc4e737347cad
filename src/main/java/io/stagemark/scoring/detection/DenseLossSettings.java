package io.stagemark.scoring.detection;

/**
 * How {@link DenseDetectionLoss} assigns candidates and weighs terms.
 *
 * @param positiveIou overlap from which a candidate is assigned to an object, a ratio in (0, 1]
 * @param negativeIou overlap below which it is background, a ratio in [0, positiveIou]
 * @param lowQualityMatches whether the best candidates of each object are positive whatever the
 *     overlap, if it is above 0
 * @param alpha RetinaNet's weight of the positive terms, a ratio in [0, 1]; negative ones have
 *     {@code 1 − alpha}
 * @param gamma RetinaNet's focusing exponent, at least 0
 * @param unweightedAlpha the unweighted form's one weight of all terms, at least 0
 * @param unweightedGamma the unweighted form's exponent, at least 0
 */
public record DenseLossSettings(
    double positiveIou,
    double negativeIou,
    boolean lowQualityMatches,
    double alpha,
    double gamma,
    double unweightedAlpha,
    double unweightedGamma) {
  /** RetinaNet's thresholds .5 and .4, α .25, γ 2; the unweighted form's α 1, γ 2. */
  public static final DenseLossSettings DEFAULT =
      new DenseLossSettings(.5, .4, false, .25, 2, 1, 2);

  public DenseLossSettings {
    if (!(positiveIou > 0 && positiveIou <= 1 && negativeIou >= 0 && negativeIou <= positiveIou)) {
      throw new IllegalArgumentException(
          "overlaps need 0 <= negativeIou <= positiveIou <= 1 and positiveIou > 0: %s and %s"
              .formatted(negativeIou, positiveIou));
    }
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha is a ratio in [0, 1]: " + alpha);
    }
    if (!(atLeastZero(gamma) && atLeastZero(unweightedAlpha) && atLeastZero(unweightedGamma))) {
      throw new IllegalArgumentException(
          "gamma, unweightedAlpha and unweightedGamma are finite and at least 0: %s, %s, %s"
              .formatted(gamma, unweightedAlpha, unweightedGamma));
    }
  }

  private static boolean atLeastZero(double value) {
    return value >= 0 && value < Double.POSITIVE_INFINITY;
  }
}
