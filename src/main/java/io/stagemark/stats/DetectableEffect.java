package io.stagemark.stats;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The smallest slowdown that a paired test of log ratios would find four times in five.
 *
 * <p>Formula: exp[1.023·(t_{1−α/m, n−1} + t_{0.8, n−1})·s/√n] − 1; 1.023 = √(π/3) is what the
 * signed-rank test costs against the t test on normal values (Hodges and Lehmann, 1956).
 */
public final class DetectableEffect {
  private static final double RANKS_FOR_T = 1.023;
  private static final double POWER = 0.8;

  private DetectableEffect() {}

  /**
   * Returns the effect as a ratio above 1: 0.03 is 3 % slower.
   *
   * @param logRatios one a pair; not modified
   * @param alpha of the family of tests, in (0, 1)
   * @param tests how many tests share it, at least 1
   * @return infinite below two pairs
   */
  public static double ofPairs(double[] logRatios, double alpha, int tests) {
    int n = logRatios.length;
    if (n < 2) {
      return Double.POSITIVE_INFINITY;
    }
    return effect(standardDeviation(logRatios) / Math.sqrt(n), n - 1, alpha / tests);
  }

  /**
   * Returns what more pairs of the same spread would find.
   *
   * @param logRatios one a pair that is measured; not modified
   * @param pairs in all, at least 2
   * @return infinite below two measured pairs
   */
  public static double ofMorePairs(double[] logRatios, int pairs, double alpha, int tests) {
    return logRatios.length < 2
        ? Double.POSITIVE_INFINITY
        : effect(standardDeviation(logRatios) / Math.sqrt(pairs), pairs - 1, alpha / tests);
  }

  /**
   * Returns the effect for two independent samples: the same formula with the standard error of a
   * difference of means.
   *
   * @param first logarithms, one a trial
   * @param second logarithms, one a trial
   */
  public static double ofSamples(double[] first, double[] second, double alpha, int tests) {
    if (first.length < 2 || second.length < 2) {
      return Double.POSITIVE_INFINITY;
    }
    double a = standardDeviation(first);
    double b = standardDeviation(second);
    double error = Math.sqrt(a * a / first.length + b * b / second.length);
    return effect(error, first.length + second.length - 2, alpha / tests);
  }

  /**
   * Returns the effect for two sides of so many trials each that are still to be run.
   *
   * @param deviation of the logarithms from trial to trial
   * @param trials of each side, at least 2
   */
  static double planned(double deviation, int trials, double alpha) {
    return effect(deviation * Math.sqrt(2.0 / trials), 2 * trials - 2, alpha);
  }

  private static double effect(double standardError, int degrees, double alpha) {
    TDistribution t = TDistribution.of(degrees);
    double quantiles = t.inverseSurvivalProbability(alpha) + t.inverseCumulativeProbability(POWER);
    return Math.expm1(RANKS_FOR_T * quantiles * standardError);
  }

  private static double standardDeviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }
}
