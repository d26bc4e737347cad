package io.stagemark.stats;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A figure with its 95 % interval, which takes in the differences between the trials: the level at
 * which another run of the same case would settle. {@link TrialTimes} has how it is computed.
 *
 * @param value the statistic of all trials' batches together
 * @param low lower end, in the unit of the value, at most {@code value}
 * @param high upper end
 * @param trials how many trials it takes in; of one trial, the differences between trials are not
 *     in the interval
 */
public record RepeatInterval(double value, double low, double high, int trials) {
  private static final double TAIL = 0.025;

  /** With fewer trials nothing is known of how far trials differ. */
  public static final int MIN_TRIALS = 3;

  public RepeatInterval {
    if (!(low <= value && value <= high)) {
      throw new IllegalArgumentException(
          "an interval needs low <= value <= high, was [" + low + ", " + value + ", " + high + "]");
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
   * Returns the interval of a figure that each trial gives once, such as its images a second.
   *
   * @param value of all trials together
   * @param ofTrials one of each trial, not negative
   */
  public static RepeatInterval ofFigures(double value, double[] ofTrials) {
    double least = Arrays.stream(ofTrials).min().orElseThrow();
    if (least <= 0) { // has no logarithm: the trials' range is all there is to say
      double most = Arrays.stream(ofTrials).max().orElseThrow();
      return new RepeatInterval(value, value, value, ofTrials.length)
          .including(least)
          .including(most);
    }
    double factor = Math.exp(halfWidthOfLogarithms(ofTrials));
    return new RepeatInterval(value, value / factor, value * factor, ofTrials.length);
  }

  /** Returns Student's half-width of the mean logarithm; 0 for one trial. */
  private static double halfWidthOfLogarithms(double[] figures) {
    int count = figures.length;
    double[] logarithms = Arrays.stream(figures).map(Math::log).toArray();
    double mean = Arrays.stream(logarithms).average().orElseThrow();
    double squares = Arrays.stream(logarithms).map(y -> (y - mean) * (y - mean)).sum();
    return squares == 0 ? 0 : halfWidth(Math.sqrt(squares / (count - 1)), count);
  }

  /** Returns Student's half-width of the mean of so many logarithms, at least two. */
  static double halfWidth(double deviation, int count) {
    return quantileOfT(count - 1) * deviation / Math.sqrt(count);
  }

  static double quantileOfT(int degrees) {
    return degrees == 0 ? 0 : TDistribution.of(degrees).inverseSurvivalProbability(TAIL);
  }

  /** Returns the interval, widened to contain {@code end}. */
  RepeatInterval including(double end) {
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
}
