package io.stagemark.stats;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * {@code y = factor · x^exponent} through points, on logarithms: the exponent is the median of the
 * slopes between all pairs of points with different x, its 95 % interval that of Kendall's
 * statistic with ties in x. A few wild points, as a busy machine gives them, do not move it.
 *
 * <p>Source: Sen, Estimates of the Regression Coefficient Based on Kendall's Tau, 1968, <a
 * href="https://doi.org/10.1080/01621459.1968.10480934">doi:10.1080/01621459.1968.10480934</a>.
 *
 * @param points how many
 * @param exponent 1: twice the x takes twice the y
 * @param low lower end of its 95 % interval
 * @param high upper end
 * @param factor y at x = 1, from the median of the residuals
 */
public record PowerLaw(int points, double exponent, double low, double high, double factor) {
  private static final double Z95 = 1.959964;
  private static final int MIN_POINTS = 3;

  /**
   * Fits points.
   *
   * @param x positive
   * @param y positive, as many
   * @return empty below three points, or if all have the same x
   */
  public static Optional<PowerLaw> fit(double[] x, double[] y) {
    if (x.length != y.length || !all(x) || !all(y)) {
      throw new IllegalArgumentException(
          "a power law needs as many positive x as y: " + Arrays.toString(x) + Arrays.toString(y));
    }
    double[] u = Arrays.stream(x).map(Math::log).toArray();
    double[] v = Arrays.stream(y).map(Math::log).toArray();
    double[] slopes = slopes(u, v);
    if (x.length < MIN_POINTS || slopes.length == 0) {
      return Optional.empty();
    }
    double exponent = Median.ofSorted(slopes);
    double half = Z95 * Math.sqrt(variance(u));
    // ranks of the interval's ends among the slopes, from 0 and kept inside
    int low = (int) Math.max(0, Math.floor((slopes.length - half) / 2) - 1);
    int high = (int) Math.min(slopes.length - 1.0, Math.ceil((slopes.length + half) / 2));
    double[] residuals = new double[u.length];
    Arrays.setAll(residuals, i -> v[i] - exponent * u[i]);
    Arrays.sort(residuals);
    return Optional.of(
        new PowerLaw(
            x.length, exponent, slopes[low], slopes[high], Math.exp(Median.ofSorted(residuals))));
  }

  private static boolean all(double[] values) {
    return Arrays.stream(values).allMatch(value -> value > 0 && Double.isFinite(value));
  }

  private static double[] slopes(double[] u, double[] v) {
    DoubleStream.Builder slopes = DoubleStream.builder();
    for (int i = 0; i < u.length; i++) {
      for (int j = 0; j < i; j++) {
        if (u[i] != u[j]) {
          slopes.add((v[i] - v[j]) / (u[i] - u[j]));
        }
      }
    }
    return slopes.build().sorted().toArray();
  }

  /** Variance of Kendall's S: n(n − 1)(2n + 5)/18, less the same of each group of equal x. */
  private static double variance(double[] u) {
    Map<Double, Long> groups =
        Arrays.stream(u)
            .boxed()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    double tied = groups.values().stream().mapToDouble(PowerLaw::term).sum();
    return (term(u.length) - tied) / 18;
  }

  private static double term(long n) {
    return (double) n * (n - 1) * (2 * n + 5);
  }
}
