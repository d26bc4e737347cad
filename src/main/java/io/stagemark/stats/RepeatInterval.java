package io.stagemark.stats;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The 95 % interval of a statistic of several trials, which takes in the differences between the
 * trials: the level at which another run of the same case would settle.
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
 *
 * @param value the statistic of all trials' batches together
 * @param low lower end, in the unit of the value, at most {@code value}
 * @param high upper end
 * @param trials how many trials it takes in; of one trial, the differences between trials are not
 *     in the interval
 */
public record RepeatInterval(double value, double low, double high, int trials) {
  private static final double TAIL = 0.025;
  private static final int MAX_BLOCKS = 20;

  /** With fewer trials nothing is known of how far trials differ. */
  public static final int MIN_TRIALS = 3;

  public RepeatInterval {
    if (!(low <= value && value <= high)) {
      throw new IllegalArgumentException(
          "an interval needs low <= value <= high, was %s in [%s, %s]".formatted(value, low, high));
    }
  }

  /** How precise a figure is, in a word. */
  public enum Rating {
    /** At most ±2 %. */
    FINE(0.02),
    /** At most ±5 %. */
    GOOD(0.05),
    /** At most ±15 %. */
    ROUGH(0.15),
    /** Beyond ±15 %. */
    COARSE(Double.POSITIVE_INFINITY),
    /** Of fewer than three trials. */
    UNRATED(Double.NaN);

    private final double widest;

    Rating(double widest) {
      this.widest = widest;
    }

    private static Rating of(double halfWidth) {
      return Arrays.stream(values()).filter(r -> halfWidth <= r.widest).findFirst().orElse(COARSE);
    }
  }

  /**
   * Returns the interval of a percentile by nearest rank.
   *
   * @param trials the times of each trial's batches in their order, in nanoseconds; at least one
   *     trial, none empty; not modified
   * @param percent in (0, 100)
   */
  public static RepeatInterval ofPercentile(List<long[]> trials, double percent) {
    long[] pooled = trials.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    long value = Percentile.nearestRank(pooled, percent);
    double error = TrialBlocks.standardError(trials, nanos -> nanos <= value ? 1 : 0);
    double reach = 100 * error * quantileOfT(TrialBlocks.degrees(trials));
    double within = Percentile.nearestRank(pooled, Math.max(percent - reach, Double.MIN_VALUE));
    double above = Percentile.nearestRank(pooled, Math.min(percent + reach, 100));
    RepeatInterval between =
        between((double) value, trials, t -> HarrellDavis.quantile(t, percent / 100));
    return between.including(within).including(above);
  }

  /**
   * Returns the interval of the mean.
   *
   * @param trials as for {@link #ofPercentile}
   */
  public static RepeatInterval ofMean(List<long[]> trials) {
    double mean = trials.stream().flatMapToLong(Arrays::stream).average().orElseThrow();
    double error = TrialBlocks.standardError(trials, nanos -> nanos);
    double reach = error * quantileOfT(TrialBlocks.degrees(trials));
    return between(mean, trials, t -> LongStream.of(t).average().orElseThrow())
        .including(Math.max(0, mean - reach))
        .including(mean + reach);
  }

  /**
   * Returns the interval of a figure that each trial gives once, such as its images a second.
   *
   * @param value of all trials together
   * @param ofTrials one of each trial, above 0
   */
  public static RepeatInterval ofFigures(double value, double[] ofTrials) {
    double factor = Math.exp(halfWidthOfLogarithms(ofTrials));
    return new RepeatInterval(value, value / factor, value * factor, ofTrials.length);
  }

  private static RepeatInterval between(
      double value, List<long[]> trials, ToDoubleFunction<long[]> statistic) {
    return ofFigures(value, trials.stream().mapToDouble(statistic).toArray());
  }

  /** Returns Student's half-width of the mean logarithm; 0 for one trial. */
  private static double halfWidthOfLogarithms(double[] figures) {
    int count = figures.length;
    double[] logarithms = Arrays.stream(figures).map(Math::log).toArray();
    double mean = Arrays.stream(logarithms).average().orElseThrow();
    double squares = Arrays.stream(logarithms).map(y -> (y - mean) * (y - mean)).sum();
    return squares == 0 ? 0 : quantileOfT(count - 1) * Math.sqrt(squares / (count - 1) / count);
  }

  private static double quantileOfT(int degrees) {
    return degrees == 0 ? 0 : TDistribution.of(degrees).inverseSurvivalProbability(TAIL);
  }

  private RepeatInterval including(double end) {
    return new RepeatInterval(value, Math.min(low, end), Math.max(high, end), trials);
  }

  /** Returns the larger distance of an end from the value, as a ratio to it: 0.02 is ±2 %. */
  public double halfWidth() {
    return value == 0 ? 0 : Math.max(high - value, value - low) / value;
  }

  /** Returns the word for {@link #halfWidth}. */
  public Rating rating() {
    return trials < MIN_TRIALS ? Rating.UNRATED : Rating.of(halfWidth());
  }

  /**
   * Returns the interval of {@code this / other}, of two cases with independent trials. The
   * half-widths of logarithms add by their squares.
   */
  public RepeatInterval over(RepeatInterval other) {
    double ratio = value / other.value;
    double down = Math.hypot(Math.log(value / low), Math.log(other.high / other.value));
    double up = Math.hypot(Math.log(high / value), Math.log(other.value / other.low));
    return new RepeatInterval(
        ratio, ratio * Math.exp(-down), ratio * Math.exp(up), Math.min(trials, other.trials));
  }

  /** Returns the interval of the figure times a constant above 0, such as that of one image. */
  public RepeatInterval scaled(double factor) {
    return new RepeatInterval(value * factor, low * factor, high * factor, trials);
  }

  /** Consecutive batches of a trial in blocks of equal length. */
  private static final class TrialBlocks {
    private TrialBlocks() {}

    private static int blocks(long[] trial) {
      return Math.min(MAX_BLOCKS, trial.length);
    }

    /** Returns the degrees of freedom of {@link #standardError}. */
    static int degrees(List<long[]> trials) {
      return trials.stream().mapToInt(trial -> blocks(trial) - 1).sum();
    }

    /** Returns the standard error of the mean of a figure of each batch, given the trials. */
    static double standardError(List<long[]> trials, LongToDoubleFunction figure) {
      double all = trials.stream().mapToInt(trial -> trial.length).sum();
      double variance = 0;
      for (long[] trial : trials) {
        double share = trial.length / all;
        variance += share * share * varianceOfMean(trial, figure);
      }
      return Math.sqrt(variance);
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
}
