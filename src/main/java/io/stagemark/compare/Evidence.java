package io.stagemark.compare;

import io.stagemark.stats.Interval;

/**
 * One metric of both sides with one figure a unit: a pair of live JVMs, or a trial of a stored run.
 * Effects are logarithms of candidate over baseline.
 */
sealed interface Evidence permits PairEvidence, TrialEvidence {
  /** Returns the baseline's figure, in nanoseconds, at least 1. */
  double baselineNanos();

  /**
   * Returns the candidate's figure, in nanoseconds: the baseline's with the effect applied. Two
   * figures that are printed side by side therefore always have the effect's sign and size.
   */
  default double candidateNanos() {
    return baselineNanos() * Math.exp(effect());
  }

  /** Returns the effect: ln(candidate / baseline). */
  double effect();

  /** Returns the interval of the effect. */
  Interval interval(double alpha);

  /** Returns the p-value of "slower by more than the effect {@code shift}". */
  double pSlower(double shift);

  /** Returns the p-value of "faster by more than the effect {@code shift}", shift from 0 up. */
  double pFaster(double shift);

  /**
   * Returns by how much a slowdown has to pass the margin to be found four times in five, as a
   * ratio above 1.
   */
  double detectable(double alpha, int tests);

  /** Returns candidate − baseline in nanoseconds: the effect at the baseline's figure. */
  default double nanos() {
    return baselineNanos() * Math.expm1(effect());
  }

  /** Returns the interval of {@link #nanos}; {@link Interval#UNKNOWN} where the effect's is. */
  default Interval nanosInterval(double alpha) {
    Interval of = interval(alpha);
    return of.equals(Interval.UNKNOWN)
        ? of
        : new Interval(
            baselineNanos() * Math.expm1(of.low()), baselineNanos() * Math.expm1(of.high()));
  }

  /** Returns how many units there are, such as {@code 15 pairs}. */
  String units();

  /** Returns the natural logarithm of a time; less than the clock's resolution counts as 1 ns. */
  static double log(double nanos) {
    if (!Double.isFinite(nanos) || nanos < 0) {
      throw new IllegalArgumentException("a time must be finite and not negative, was " + nanos);
    }
    return Math.log(Math.max(1, nanos));
  }
}
