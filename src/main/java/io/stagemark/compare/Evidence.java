package io.stagemark.compare;

import io.stagemark.stats.Interval;

/**
 * One metric of both sides with one figure a unit: a pair of live JVMs, or a trial of a stored run.
 * Effects are logarithms of candidate over baseline.
 */
sealed interface Evidence permits PairEvidence, TrialEvidence {
  /** Returns the baseline's figure, in nanoseconds. */
  double baselineNanos();

  /** Returns the candidate's figure, in nanoseconds. */
  double candidateNanos();

  /** Returns the effect: ln(candidate / baseline). */
  double effect();

  /** Returns the interval of the effect. */
  Interval interval(double alpha);

  /** Returns the p-value of "slower by more than the effect {@code shift}". */
  double pSlower(double shift);

  /** Returns the p-value of "faster by more than the effect {@code shift}", shift from 0 up. */
  double pFaster(double shift);

  /** Returns the smallest slowdown that would be found four times in five, as a ratio above 1. */
  double detectable(double alpha, int tests);

  /** Returns candidate − baseline in nanoseconds. */
  double nanos();

  /** Returns the interval of {@link #nanos}. */
  Interval nanosInterval(double alpha);

  /** Returns how many units there are, such as {@code 15 pairs}. */
  String units();

  /** Returns the natural logarithm of a time; less than the clock can tell counts as 1 ns. */
  static double log(double nanos) {
    if (!Double.isFinite(nanos) || nanos < 0) {
      throw new IllegalArgumentException("a time must be finite and not negative, was " + nanos);
    }
    return Math.log(Math.max(1, nanos));
  }
}
