package io.stagemark.stats;

import java.util.Arrays;

/**
 * The exact signed-rank test and its interval. Equal sizes share their mean rank, and the
 * distribution is the exact one given those ranks; zeros are left out.
 *
 * <p>Source: Wilcoxon, Individual comparisons by ranking methods, Biometrics Bulletin 1 (1945);
 * Hollander and Wolfe, Nonparametric Statistical Methods (1999), 3.1 and 3.3.
 */
public final class SignedRank {
  private static final int MAX_VALUES = 200;

  private SignedRank() {}

  /**
   * Returns P(T⁺ ≥ t) under symmetry about 0: small where the values are above 0.
   *
   * @param values finite differences, at most 200; not modified
   * @return the one-sided p-value; 1 of nothing but zeros
   */
  public static double pGreater(double[] values) {
    double[] nonZero = Arrays.stream(values).filter(v -> v != 0).toArray();
    int[] ranks = doubledRanks(nonZero);
    int positive = 0;
    for (int i = 0; i < ranks.length; i++) {
      positive += nonZero[i] > 0 ? ranks[i] : 0;
    }
    double[] probability = distribution(ranks);
    double p = 0;
    for (int t = probability.length - 1; t >= positive; t--) {
      p += probability[t];
    }
    return Math.min(1, p);
  }

  /**
   * Returns the two-sided interval of the centre, ends at Walsh averages: the values that the exact
   * test does not refuse.
   *
   * @param values finite, at least one
   * @param alpha 1 − confidence, in (0, 1): the confidence is at least that
   * @return {@link Interval#UNKNOWN} where so few values cannot have that confidence
   */
  public static Interval interval(double[] values, double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be in (0, 1), was " + alpha);
    }
    double[] walsh = HodgesLehmann.walshAverages(values);
    int[] ranks = new int[values.length];
    Arrays.setAll(ranks, i -> 2 * (i + 1));
    double[] probability = distribution(ranks);
    double below = 0;
    int outside = 0; // Walsh averages left out at each end
    while (below + probability[2 * outside] <= alpha / 2) {
      below += probability[2 * outside];
      outside++;
    }
    return outside == 0
        ? Interval.UNKNOWN
        : new Interval(walsh[outside - 1], walsh[walsh.length - outside]);
  }

  /** Twice the ranks by size, so that the mean rank of two equal ones is whole. */
  private static int[] doubledRanks(double[] values) {
    if (values.length > MAX_VALUES) {
      throw new IllegalArgumentException("at most " + MAX_VALUES + " values, got " + values.length);
    }
    double[] sizes = Arrays.stream(values).map(Math::abs).sorted().toArray();
    int[] ranks = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      int first = 0;
      int last = sizes.length - 1;
      double size = Math.abs(values[i]);
      if (Double.isNaN(size)) {
        throw new IllegalArgumentException("values must be finite: " + Arrays.toString(values));
      }
      while (sizes[first] < size) {
        first++;
      }
      while (sizes[last] > size) {
        last--;
      }
      ranks[i] = first + last + 2;
    }
    return ranks;
  }

  /** Probabilities of each sum when every rank counts or not with probability 1/2. */
  private static double[] distribution(int[] ranks) {
    double[] probability = new double[Arrays.stream(ranks).sum() + 1];
    probability[0] = 1;
    int reached = 0;
    for (int rank : ranks) {
      reached += rank;
      for (int t = reached; t >= 0; t--) {
        probability[t] = (probability[t] + (t >= rank ? probability[t - rank] : 0)) / 2;
      }
    }
    return probability;
  }
}
