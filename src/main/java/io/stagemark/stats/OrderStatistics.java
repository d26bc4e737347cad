package io.stagemark.stats;

import java.util.Optional;

/**
 * Intervals of percentiles without any assumption on the shape: the number of n independent samples
 * that do not exceed the p-quantile is Binomial(n, p), so two order statistics hold it between them
 * with a probability that is known exactly (H. A. David and H. N. Nagaraja, Order Statistics, 3rd
 * ed. 2003, section 7.1).
 */
final class OrderStatistics {
  /** Probability that an interval misses on one side, at most. */
  private static final double TAIL = 0.025;

  /** Terms below this part of the largest one add nothing to a double. */
  private static final double NOTHING = 1e-19;

  private OrderStatistics() {}

  /**
   * Ranks of an interval's ends, from 1.
   *
   * @param confidence probability that the two hold the percentile between them
   */
  record Ranks(int low, int high, double confidence) {}

  /**
   * Returns the narrowest interval of equal tails that holds a percentile with at least 95 %.
   *
   * @param sorted ascending
   * @param percent in (0, 100)
   * @return empty if so few samples cannot bound it on both sides
   */
  public static Optional<QuantileInterval> interval(long[] sorted, double percent) {
    return ranks(sorted.length, percent)
        .map(
            ranks ->
                new QuantileInterval(
                    sorted[ranks.low() - 1], sorted[ranks.high() - 1], ranks.confidence()));
  }

  /**
   * Returns the largest low rank l with P[X ≤ l − 1] ≤ 2.5 % and the smallest high rank u with P[X
   * ≤ u − 1] ≥ 97.5 %, for X of Binomial(n, percent/100).
   */
  static Optional<Ranks> ranks(int n, double percent) {
    if (!(percent > 0 && percent < 100)) {
      throw new IllegalArgumentException("percent must be in (0, 100), was " + percent);
    }
    double p = percent / 100;
    int mode = (int) Math.min(n, Math.floor((n + 1) * p));
    int first = mode;
    double total = 1;
    double term = 1;
    for (int k = mode; k > 0 && term > NOTHING; k--) {
      term *= (k / (n - k + 1.0)) * ((1 - p) / p);
      total += term;
      first = k - 1;
    }
    double lowest = term;
    term = 1;
    for (int k = mode; k < n && term > NOTHING; k++) {
      term *= ((n - k) / (k + 1.0)) * (p / (1 - p));
      total += term;
    }
    return search(n, p, new Terms(first, lowest, total));
  }

  /**
   * Probabilities of a binomial relative to that of its mode.
   *
   * @param first the smallest count that is likely enough to matter
   * @param probability of it
   * @param total of all
   */
  private record Terms(int first, double probability, double total) {}

  private static Optional<Ranks> search(int n, double p, Terms terms) {
    double term = terms.probability();
    double below = 0;
    double belowLow = 0;
    int low = 0;
    for (int k = terms.first(); k <= n; k++) {
      // here: below = P[X ≤ k − 1], the probability that the sample of rank k is above
      if (below <= TAIL) {
        low = k;
        belowLow = below;
      }
      if (below >= 1 - TAIL) {
        return low >= 1 ? Optional.of(new Ranks(low, k, below - belowLow)) : Optional.empty();
      }
      below += term / terms.total();
      term *= ((n - k) / (k + 1.0)) * (p / (1 - p));
    }
    return Optional.empty();
  }
}
