package io.stagemark.stats;

import java.util.List;

/**
 * Percentiles that are compared, and from how many observations on: 30 in the tail, so 60 batches
 * for p50, 600 for p95, 3000 for p99.
 */
public final class JudgedPercentile {
  /** What is compared. */
  public static final List<Integer> ALL = List.of(50, 95, 99);

  /** The one that blame and trust rest on. */
  public static final int MEDIAN = 50;

  private static final int TAIL = 30;

  private JudgedPercentile() {}

  /**
   * Returns how many observations a percentile needs to be judged.
   *
   * @param percent in (0, 100)
   */
  public static int needed(double percent) {
    return (int) Math.ceil(100 * TAIL / (100 - percent) - 1e-6);
  }

  /**
   * Returns the fewest observations that judge every percentile that so many do; as many where they
   * judge none.
   */
  public static int neededAsFor(int observations) {
    return ALL.stream()
        .mapToInt(JudgedPercentile::needed)
        .filter(needed -> needed <= observations)
        .max()
        .orElse(observations);
  }
}
