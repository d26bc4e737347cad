package io.stagemark.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far trials of one case are apart, and how far the batches of one trial are: the variance
 * components of a one-way analysis of variance with random effects (Searle, Casella, McCulloch
 * 1992, chapter 3), from the moments.
 *
 * <p>With n₀ = (N − Σnᵢ²/N)/(k − 1): within² = MSW, between² = max(0, (MSB − MSW)/n₀).
 *
 * @param trials how many, at least 2
 * @param withinNanos standard deviation of a batch within its trial, in nanoseconds
 * @param betweenNanos standard deviation of a trial's level, in nanoseconds
 * @param intraclass between² / (between² + within²), in [0, 1]: the part of the variance that more
 *     batches in the same trials cannot show; 0 where nothing varies
 * @param lowestMedianNanos smallest p50 of a trial, by nearest rank, in nanoseconds
 * @param highestMedianNanos largest p50 of a trial
 */
public record TrialVariance(
    int trials,
    double withinNanos,
    double betweenNanos,
    double intraclass,
    long lowestMedianNanos,
    long highestMedianNanos) {

  /**
   * Returns the variance of samples by trial; empty for fewer than two trials, or if one has too
   * few samples for a p50.
   */
  public static Optional<TrialVariance> of(List<long[]> trials) {
    int enough = Percentile.minimumSamples(50);
    if (trials.size() < 2 || trials.stream().anyMatch(t -> t.length < enough)) {
      return Optional.empty();
    }
    double count = trials.stream().mapToLong(t -> t.length).sum();
    double mean = trials.stream().flatMapToLong(Arrays::stream).sum() / count;
    double squaresBetween = 0;
    double squaresWithin = 0;
    double squaredCounts = 0;
    for (long[] trial : trials) {
      double own = Arrays.stream(trial).average().orElseThrow();
      squaresBetween += trial.length * (own - mean) * (own - mean);
      squaresWithin += Arrays.stream(trial).mapToDouble(v -> (v - own) * (v - own)).sum();
      squaredCounts += (double) trial.length * trial.length;
    }
    int k = trials.size();
    double within = squaresWithin / (count - k);
    double perTrial = (count - squaredCounts / count) / (k - 1);
    double between = Math.max(0, (squaresBetween / (k - 1) - within) / perTrial);
    long[] medians = trials.stream().mapToLong(TrialVariance::p50).sorted().toArray();
    return Optional.of(
        new TrialVariance(
            k,
            Math.sqrt(within),
            Math.sqrt(between),
            between == 0 ? 0 : between / (between + within),
            medians[0],
            medians[k - 1]));
  }

  private static long p50(long[] trial) {
    long[] sorted = trial.clone();
    Arrays.sort(sorted);
    return Percentile.nearestRank(sorted, 50);
  }

  /** Returns (highest − lowest) p50 over the lowest, as a ratio; empty for a lowest of 0. */
  public OptionalDouble medianRange() {
    return lowestMedianNanos > 0
        ? OptionalDouble.of((highestMedianNanos - lowestMedianNanos) / (double) lowestMedianNanos)
        : OptionalDouble.empty();
  }
}
