package io.stagemark.stats;

/**
 * Percentiles by nearest rank: the smallest value that at least p percent of the values do not
 * exceed, sorted value number ⌈p/100 · n⌉. Always a value that was measured, never interpolated.
 */
public final class Percentile {
  private static final double CONFIDENCE = 0.99;

  private Percentile() {}

  /**
   * Returns a percentile.
   *
   * @param sorted ascending, at least one value
   * @param percent in (0, 100]
   */
  public static long nearestRank(long[] sorted, double percent) {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException("percent must be in (0, 100], was " + percent);
    }
    if (sorted.length == 0) {
      throw new IllegalArgumentException("a percentile needs at least one value");
    }
    // Without the small bite, 0.95 · 20 is 19.000000000000004 in some orders of evaluation and the
    // rank would be one too high.
    int rank = (int) Math.ceil(percent * sorted.length / 100 - 1e-9);
    return sorted[Math.max(1, rank) - 1];
  }

  /**
   * Returns how many samples a percentile needs before it is printed: MLPerf LoadGen's early
   * stopping rule with one allowed over-latency sample, the smallest n with P[Binomial(n, 1−p) ≤ 1]
   * ≤ 1 − 0.99. It gives 11 for p50, 64 for p90, 130 for p95, 662 for p99 and 6636 for p99.9.
   *
   * @param percent in (0, 100)
   */
  public static int minimumSamples(double percent) {
    if (!(percent > 0 && percent < 100)) {
      throw new IllegalArgumentException("percent must be in (0, 100), was " + percent);
    }
    double below = percent / 100;
    int low = 1;
    int high = 1;
    while (atMostOneAbove(high, below) > 1 - CONFIDENCE) {
      low = high;
      high = Math.multiplyExact(high, 2);
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (atMostOneAbove(middle, below) > 1 - CONFIDENCE) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double atMostOneAbove(int n, double below) {
    return Math.pow(below, n) + n * (1 - below) * Math.pow(below, n - 1);
  }
}
