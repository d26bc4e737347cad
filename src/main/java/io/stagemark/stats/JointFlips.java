package io.stagemark.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One-sided permutation tests of several figures of the same pairs, adjusted so that the chance of
 * any false finding among them stays below α. Where the two sides of a pair are alike, exchanging
 * them changes the sign of every figure of the pair at once; the largest statistic over all figures
 * is compared with those of all such exchanges. Figures that depend on one another, as a stage's
 * and the total's do, therefore cost less than under {@link Holm}'s correction.
 *
 * <p>Up to {@value #ALL_UP_TO} pairs all exchanges are gone through; of more, {@value #DRAWN} are
 * drawn with a fixed seed, the observed one counted in.
 *
 * <p>Source: Westfall and Young, Resampling-Based Multiple Testing (1993), step-down max-T; Phipson
 * and Smyth, Permutation p-values should never be zero (2010).
 */
public final class JointFlips {
  private static final int ALL_UP_TO = 16;
  private static final int DRAWN = 100_000;
  private static final long SEED = 19930101;

  private JointFlips() {}

  /** What of a figure's differences is added up, with the sign of each. */
  public enum Statistic {
    /**
     * Their sizes over the root of the sum of their squares, which orders exchanges as Student's t
     * does. A clear change stands out after as few pairs as there can be; one pair that was
     * disturbed hides it. A figure whose differences are all negative is compared with its mean
     * taken out: else the exchange of every pair would make a clear improvement as good as a clear
     * change. It hides no change, since such a figure has none.
     */
    SIZES,
    /** The ranks of their sizes: one disturbed pair counts as any other. */
    RANKS
  }

  /**
   * Returns an adjusted p-value a figure, in their order: small where its differences are above 0.
   *
   * @param differences a row a figure, of finite differences, one a pair, in the same order in each
   *     row; not modified
   * @return 1 for a figure of nothing but zeros
   * @throws IllegalArgumentException if the rows differ in length or have none
   */
  public static double[] pGreater(double[][] differences, Statistic statistic) {
    if (differences.length == 0) {
      return new double[0];
    }
    int pairs = differences[0].length;
    double[][] scores = new double[differences.length][];
    double[] observed = new double[differences.length];
    for (int k = 0; k < scores.length; k++) {
      if (differences[k].length != pairs || pairs == 0) {
        throw new IllegalArgumentException(
            "each figure needs one difference a pair, at least one: "
                + differences[k].length
                + " and "
                + pairs);
      }
      scores[k] = scores(differences[k], statistic);
      observed[k] = Arrays.stream(scores[k]).sum();
    }
    int[] order = Holm.ascending(Arrays.stream(observed).map(t -> -t).toArray());
    double[] share = new Exchanges(scores, observed, order).share();
    double[] adjusted = new double[order.length];
    double largest = 0;
    for (int i = 0; i < order.length; i++) {
      largest = Math.max(largest, share[i]);
      adjusted[order[i]] = largest;
    }
    return adjusted;
  }

  private static double[] scores(double[] differences, Statistic statistic) {
    if (!Arrays.stream(differences).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "differences must be finite: " + Arrays.toString(differences));
    }
    return statistic == Statistic.RANKS ? ranks(differences) : sizes(differences);
  }

  private static double[] sizes(double[] differences) {
    double centre =
        Arrays.stream(differences).allMatch(d -> d < 0)
            ? Arrays.stream(differences).average().orElseThrow()
            : 0;
    double[] centred = Arrays.stream(differences).map(d -> d - centre).toArray();
    double squares = Arrays.stream(centred).map(d -> d * d).sum();
    double scale = Math.sqrt(squares / centred.length);
    return Arrays.stream(centred).map(d -> scale == 0 ? 0 : d / scale).toArray();
  }

  /** Equal sizes share their mean rank; a zero has no sign, and speaks for neither side. */
  private static double[] ranks(double[] differences) {
    double[] sizes = Arrays.stream(differences).map(Math::abs).toArray();
    return Arrays.stream(differences)
        .map(
            d -> {
              long smaller = Arrays.stream(sizes).filter(s -> s < Math.abs(d)).count();
              long equal = Arrays.stream(sizes).filter(s -> s == Math.abs(d)).count();
              return Math.signum(d) * (smaller + (equal + 1) / 2.0);
            })
        .toArray();
  }

  /** Goes through the exchanges and counts those whose statistics are as large as the observed. */
  private static final class Exchanges {
    private final double[][] scores; // by pair, then by figure, the largest observed first
    private final double[] bounds;
    private final double[] sums;
    private final long[] atLeast;

    Exchanges(double[][] byFigure, double[] observed, int[] order) {
      int pairs = byFigure[0].length;
      scores = new double[pairs][order.length];
      bounds = new double[order.length];
      sums = new double[order.length];
      atLeast = new long[order.length];
      for (int k = 0; k < order.length; k++) {
        for (int i = 0; i < pairs; i++) {
          scores[i][k] = byFigure[order[k]][i];
        }
        // sums of the same terms in another order must count as ties
        bounds[k] =
            observed[order[k]] - 1e-9 * Arrays.stream(byFigure[order[k]]).map(Math::abs).sum();
      }
    }

    double[] share() {
      int pairs = scores.length;
      for (double[] pair : scores) {
        add(pair, 1);
      }
      count();
      long all = 1;
      if (pairs <= ALL_UP_TO) {
        all = 1L << pairs;
        boolean[] turned = new boolean[pairs];
        for (long code = 1; code < all; code++) {
          int pair = Long.numberOfTrailingZeros(code); // Gray code: one pair a step
          add(scores[pair], turned[pair] ? 2 : -2);
          turned[pair] = !turned[pair];
          count();
        }
      } else {
        SplittableRandom random = new SplittableRandom(SEED);
        for (; all <= DRAWN; all++) {
          Arrays.fill(sums, 0);
          for (double[] pair : scores) {
            add(pair, random.nextBoolean() ? 1 : -1);
          }
          count();
        }
      }
      long of = all;
      return Arrays.stream(atLeast).mapToDouble(count -> (double) count / of).toArray();
    }

    private void add(double[] pair, double factor) {
      for (int k = 0; k < sums.length; k++) {
        sums[k] += factor * pair[k];
      }
    }

    /** A figure is compared with the largest of itself and those that were observed smaller. */
    private void count() {
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = sums.length - 1; k >= 0; k--) {
        largest = Math.max(largest, sums[k]);
        if (largest >= bounds[k]) {
          atLeast[k]++;
        }
      }
    }
  }
}
