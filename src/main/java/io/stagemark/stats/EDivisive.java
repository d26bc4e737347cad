package io.stagemark.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * E-divisive: where the distribution of a series changes, found by halving it again and again at
 * the largest divergence of energy, as long as a permutation test within the segments finds it
 * larger than chance.
 *
 * <p>Source: Matteson and James, A nonparametric approach for multiple change point analysis of
 * multivariate data (2013), <a href="https://arxiv.org/abs/1306.4933">arXiv:1306.4933</a>: Q̂ =
 * mn/(m+n)·[2/(mn)·Σ|x−y| − 2/(m(m−1))·Σ|x−x′| − 2/(n(n−1))·Σ|y−y′|], exponent 1.
 */
public final class EDivisive {
  /** The shortest segment. */
  public static final int MINIMUM_SEGMENT = 3;

  private static final int PERMUTATIONS = 499;
  private static final long SEED = 20130621;

  private final double[] series;
  private final double alpha;
  private final SplittableRandom random = new SplittableRandom(SEED);

  private record Split(int at, double divergence) {}

  private EDivisive(double[] series, double alpha) {
    this.series = series.clone();
    this.alpha = alpha;
  }

  /**
   * Returns the indices at which a new segment begins, ascending; the same for the same series.
   *
   * @param series finite values in order
   * @param alpha significance that each needs, in (0, 1)
   */
  public static List<Integer> find(double[] series, double alpha) {
    return new EDivisive(series, alpha).find();
  }

  private List<Integer> find() {
    NavigableSet<Integer> bounds = new TreeSet<>(List.of(0, series.length));
    while (true) {
      Split best = best(series, bounds);
      if (best.at() < 0 || !significant(bounds, best.divergence())) {
        bounds.remove(0);
        bounds.remove(series.length);
        return List.copyOf(bounds);
      }
      bounds.add(best.at());
    }
  }

  private boolean significant(NavigableSet<Integer> bounds, double observed) {
    int atLeast = 1;
    int most = (int) Math.floor(alpha * (PERMUTATIONS + 1));
    for (int p = 0; p < PERMUTATIONS && atLeast <= most; p++) {
      double[] shuffled = series.clone();
      for (int from : bounds.headSet(series.length)) {
        shuffle(shuffled, from, bounds.higher(from));
      }
      atLeast += best(shuffled, bounds).divergence() >= observed ? 1 : 0;
    }
    return atLeast <= most;
  }

  private void shuffle(double[] values, int from, int to) {
    for (int i = to - 1; i > from; i--) {
      int other = from + random.nextInt(i - from + 1);
      double kept = values[i];
      values[i] = values[other];
      values[other] = kept;
    }
  }

  private static Split best(double[] values, NavigableSet<Integer> bounds) {
    Split best = new Split(-1, Double.NEGATIVE_INFINITY);
    for (int from : bounds.headSet(values.length)) {
      int to = bounds.higher(from);
      double[] q = divergences(values, from, to);
      for (int at = MINIMUM_SEGMENT; at <= q.length - MINIMUM_SEGMENT; at++) {
        if (q[at] > best.divergence()) {
          best = new Split(from + at, q[at]);
        }
      }
    }
    return best;
  }

  /**
   * Returns Q̂ of every split of a segment: index i is "the first i values against the others"; 0
   * where a side has fewer than two. Each is made of the one before, so that all cost n² in time.
   */
  static double[] divergences(double[] values, int from, int to) {
    int length = to - from;
    double[] q = new double[length];
    double within = 0; // Σ|x−x′| of the first i
    double between = 0;
    double rest = total(values, from, to);
    List<Double> left = new ArrayList<>();
    for (int i = 1; i < length; i++) {
      double moved = values[from + i - 1];
      double toLeft = 0;
      for (double other : left) {
        toLeft += Math.abs(moved - other);
      }
      double toRight = 0;
      for (int j = from + i; j < to; j++) {
        toRight += Math.abs(moved - values[j]);
      }
      left.add(moved);
      within += toLeft;
      rest -= toRight;
      between += toRight - toLeft;
      int n = i;
      int m = length - i;
      if (n >= 2 && m >= 2) {
        q[i] =
            (double) m
                * n
                / (m + n)
                * (2 * between / ((double) m * n)
                    - 2 * within / ((double) n * (n - 1))
                    - 2 * rest / ((double) m * (m - 1)));
      }
    }
    return q;
  }

  private static double total(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      for (int j = i + 1; j < to; j++) {
        sum += Math.abs(values[i] - values[j]);
      }
    }
    return sum;
  }
}
