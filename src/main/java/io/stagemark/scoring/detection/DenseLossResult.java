package io.stagemark.scoring.detection;

/**
 * The dense classification losses of one image, in nats.
 *
 * @param focal RetinaNet's focal loss, with α_t
 * @param focalUnweighted focal loss in the unweighted form (α = 1 for both classes)
 * @param bce binary cross entropy
 * @param positives candidates that are assigned to an object
 * @param ignored candidates between the thresholds, none of whose terms count
 * @param negatives candidates that are background
 * @param positiveTerms candidate × class pairs whose target is 1
 * @param negativeTerms candidate × class pairs whose target is 0 and that count
 */
public record DenseLossResult(
    Sums focal,
    Sums focalUnweighted,
    Sums bce,
    int positives,
    int ignored,
    int negatives,
    long positiveTerms,
    long negativeTerms) {

  /**
   * One loss over the terms of an image.
   *
   * @param positive sum over the terms whose target is 1
   * @param negative sum over the terms whose target is 0
   */
  public record Sums(double positive, double negative) {
    /** Returns the sum over all terms. */
    public double sum() {
      return positive + negative;
    }
  }

  /** Returns a loss over {@code max(1, positives)}: RetinaNet's normaliser, the headline. */
  public double normalised(Sums loss) {
    return loss.sum() / Math.max(1, positives);
  }
}
