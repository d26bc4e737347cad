package io.stagemark.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a set of times looks like.
 *
 * @param count number of samples, at least 1
 * @param minNanos smallest, in nanoseconds
 * @param meanNanos arithmetic mean, in nanoseconds
 * @param standardDeviationNanos with n − 1; 0 for one sample
 * @param maxNanos largest, in nanoseconds
 * @param quantiles p50, p90, p95, p99, p99.9 by nearest rank, each absent if it has too few samples
 */
public record Distribution(
    long count,
    long minNanos,
    double meanNanos,
    double standardDeviationNanos,
    long maxNanos,
    List<Quantile> quantiles) {
  private static final double[] PERCENTS = {50, 90, 95, 99, 99.9};

  public Distribution {
    quantiles = List.copyOf(quantiles);
    double[] percents = quantiles.stream().mapToDouble(Quantile::percent).toArray();
    if (!Arrays.equals(percents, PERCENTS)) {
      throw new IllegalArgumentException(
          "quantiles of a distribution are p50, p90, p95, p99 and p99.9, were "
              + Arrays.toString(percents));
    }
  }

  /**
   * Summarises samples.
   *
   * @param nanos in any order, at least one; not modified
   */
  public static Distribution of(long[] nanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("a distribution needs at least one sample");
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    double mean = Arrays.stream(sorted).average().orElseThrow();
    double squares = Arrays.stream(sorted).mapToDouble(v -> (v - mean) * (v - mean)).sum();
    List<Quantile> quantiles = new ArrayList<>();
    for (double percent : PERCENTS) {
      quantiles.add(quantile(sorted, percent));
    }
    return new Distribution(
        sorted.length,
        sorted[0],
        mean,
        sorted.length == 1 ? 0 : Math.sqrt(squares / (sorted.length - 1)),
        sorted[sorted.length - 1],
        quantiles);
  }

  private static Quantile quantile(long[] sorted, double percent) {
    int needed = Percentile.minimumSamples(percent);
    return sorted.length < needed
        ? new Quantile(percent, OptionalLong.empty(), needed, Optional.empty())
        : new Quantile(
            percent,
            OptionalLong.of(Percentile.nearestRank(sorted, percent)),
            needed,
            OrderStatistics.interval(sorted, percent));
  }

  /** Returns one of the {@link #quantiles}; throws for a percent that is not among them. */
  public Quantile quantile(double percent) {
    return quantiles.stream()
        .filter(q -> q.percent() == percent)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no p" + percent + " in " + quantiles));
  }
}
