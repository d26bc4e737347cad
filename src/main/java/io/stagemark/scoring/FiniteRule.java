package io.stagemark.scoring;

import io.stagemark.data.OutputSummary;

/**
 * Which numbers scores may be taken from: the one rule for every task, for the outputs of a run and
 * for saved arrays. NaN is never one of them. An infinite number is, where the last step makes a
 * finite number of it: a sigmoid of ±∞ is 1 or 0, a softmax of −∞ is 0. Everywhere else infinity is
 * an overflow.
 *
 * @param takesPositiveInfinity whether +∞ is such a number
 * @param takesNegativeInfinity whether −∞ is
 */
public record FiniteRule(boolean takesPositiveInfinity, boolean takesNegativeInfinity) {
  /** Finite numbers alone: for outputs that are read as they are. */
  public static final FiniteRule FINITE = new FiniteRule(false, false);

  /** For numbers that a sigmoid follows. */
  public static final FiniteRule BEFORE_SIGMOID = new FiniteRule(true, true);

  /** For numbers that a softmax follows. */
  public static final FiniteRule BEFORE_SOFTMAX = new FiniteRule(false, true);

  /** Returns whether scores may be taken from a number. */
  public boolean takes(double value) {
    if (Double.isNaN(value)) {
      return false;
    }
    return !Double.isInfinite(value) || (value > 0 ? takesPositiveInfinity : takesNegativeInfinity);
  }

  /** Returns how many numbers of an output scores may not be taken from. */
  public long refused(OutputSummary output) {
    return output.nan()
        + (takesPositiveInfinity ? 0 : output.positiveInfinite())
        + (takesNegativeInfinity ? 0 : output.negativeInfinite());
  }

  /**
   * Checks the numbers of a saved array.
   *
   * @param name what they are, for the message
   * @throws IllegalArgumentException with the first number that no score may be taken from, where
   *     it is, and how many there are
   */
  public void require(String name, ScoreTensor numbers) {
    int count = 0;
    int first = -1;
    for (int i = 0; i < numbers.size(); i++) {
      if (!takes(numbers.get(i))) {
        first = count++ == 0 ? i : first;
      }
    }
    if (count > 0) {
      throw new IllegalArgumentException(
          "%s%s is %s: %d of %d numbers are not finite, and no score can be taken from them"
              .formatted(name, numbers.place(first), numbers.get(first), count, numbers.size()));
    }
  }
}
