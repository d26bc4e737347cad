package io.stagemark.stats;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/**
 * The times of several trials, and the {@link RepeatInterval}s of their statistics.
 *
 * <p>Batches of one trial share its compilations and memory layout, so an interval of pooled
 * batches is too narrow by far. With y the logarithms of the k trials' own statistics, the
 * half-width is Student's: t(0.975, k − 1) · s(y) / √k. Three trials may agree by chance, so the
 * interval is never narrower than what the batches within the trials leave open:
 *
 * <ul>
 *   <li>of a percentile, Woodruff's interval (JASA 47, 1952): the share of batches at or below the
 *       value gets an interval, whose ends are turned back into values;
 *   <li>of a mean, the interval of the mean.
 * </ul>
 *
 * <p>Neighbouring batches are alike, so both take their standard error from the means of
 * consecutive blocks within each trial (batch means: Law, Simulation Modeling and Analysis, section
 * 9.5).
 */
public final class TrialTimes {
  private static final int MAX_BLOCKS = 20;

  private final List<long[]> trials;
  private final List<long[]> sorted;
  private final long[] pooled;

  /**
   * @param trials the times of each trial's batches in their order, in nanoseconds, above 0; at
   *     least one trial, none empty; not modified
   */
  public TrialTimes(List<long[]> trials) {
    this.trials = List.copyOf(trials);
    sorted = trials.stream().map(trial -> Arrays.stream(trial).sorted().toArray()).toList();
    pooled = trials.stream().flatMapToLong(Arrays::stream).sorted().toArray();
  }

  /**
   * Returns a percentile by nearest rank with its interval, in nanoseconds.
   *
   * @param percent in (0, 100)
   */
  public RepeatInterval percentile(double percent) {
    long value = Percentile.nearestRank(pooled, percent);
    double error = standardError(nanos -> nanos <= value ? 1 : 0);
    double reach = 100 * error * RepeatInterval.quantileOfT(degrees());
    double below = Percentile.nearestRank(pooled, Math.max(percent - reach, Double.MIN_VALUE));
    double above = Percentile.nearestRank(pooled, Math.min(percent + reach, 100));
    double[] ofTrials =
        sorted.stream()
            .mapToDouble(trial -> new HarrellDavis(trial.length, percent / 100).quantile(trial))
            .toArray();
    return RepeatInterval.ofFigures((double) value, ofTrials).including(below).including(above);
  }

  /** Returns the mean with its interval, in nanoseconds. */
  public RepeatInterval mean() {
    double mean = Arrays.stream(pooled).average().orElseThrow();
    double reach = standardError(nanos -> (double) nanos) * RepeatInterval.quantileOfT(degrees());
    double[] ofTrials =
        trials.stream()
            .mapToDouble(trial -> Arrays.stream(trial).average().orElseThrow())
            .toArray();
    return RepeatInterval.ofFigures(mean, ofTrials)
        .including(Math.max(0, mean - reach))
        .including(mean + reach);
  }

  /** Returns the standard error of the mean of a figure of each batch, given the trials. */
  private double standardError(LongToDoubleFunction figure) {
    double variance = 0;
    for (long[] trial : trials) {
      double share = trial.length / (double) pooled.length;
      variance += share * share * varianceOfMean(trial, figure);
    }
    return Math.sqrt(variance);
  }

  /** Returns the degrees of freedom of {@link #standardError}. */
  private int degrees() {
    return trials.stream().mapToInt(trial -> blocks(trial) - 1).sum();
  }

  private static int blocks(long[] trial) {
    return Math.min(MAX_BLOCKS, trial.length);
  }

  private static double varianceOfMean(long[] trial, LongToDoubleFunction figure) {
    int blocks = blocks(trial);
    if (blocks < 2) {
      return 0;
    }
    double[] means = new double[blocks];
    for (int block = 0; block < blocks; block++) {
      int from = (int) ((long) trial.length * block / blocks);
      int to = (int) ((long) trial.length * (block + 1) / blocks);
      for (int i = from; i < to; i++) {
        means[block] += figure.applyAsDouble(trial[i]) / (to - from);
      }
    }
    double mean = Arrays.stream(means).average().orElseThrow();
    double squares = Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum();
    return squares / (blocks - 1) / blocks;
  }
}
