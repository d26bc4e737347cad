package io.stagemark.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A segment of a series: the divergence Q̂ of each way to halve it, the best one, and how large the
 * best one is when the segment's values are in random order.
 *
 * <p>What a random order gives depends on the segment alone, so that it is drawn once and kept: a
 * change found in another segment costs this one nothing.
 */
final class EnergySegment {
  /** The shortest half. */
  static final int MINIMUM = 3;

  private final int from;
  private final double[] values;
  private final RankedSums sums;
  private final double range;
  private final int bestAt;
  private final double best;
  private final int[] order;
  private final double[] drawn;
  private int draws;

  /**
   * @param series finite values; not modified
   * @param permutations that are drawn at most
   */
  EnergySegment(double[] series, int from, int to, int permutations) {
    this.from = from;
    values = Arrays.copyOfRange(series, from, to);
    sums = new RankedSums(values);
    range = Arrays.stream(values).max().orElse(0) - Arrays.stream(values).min().orElse(0);
    order = new int[values.length];
    Arrays.setAll(order, i -> i);
    double[] q = divergences();
    int at = -1;
    for (int i = MINIMUM; i <= q.length - MINIMUM; i++) {
      at = at < 0 || q[i] > q[at] ? i : at;
    }
    bestAt = at;
    best = at < 0 ? Double.NEGATIVE_INFINITY : q[at];
    drawn = new double[permutations];
  }

  int from() {
    return from;
  }

  int to() {
    return from + values.length;
  }

  /** Returns where the series is halved best; −1 if it is too short. */
  int bestAt() {
    return bestAt < 0 ? -1 : from + bestAt;
  }

  /** Returns Q̂ there; negative infinity if it is too short. */
  double best() {
    return best;
  }

  /**
   * Returns Q̂ of every split in the present order: index i is "the first i values against the
   * others"; 0 where a side has fewer than two. Each is made of the one before: the sums of
   * distances to the values on the left come from a tree over their ranks, so that all cost n·log
   * n.
   */
  double[] divergences() {
    int length = order.length;
    double[] q = new double[length];
    sums.clear();
    double within = 0; // Σ|x−x′| of the first i
    double between = 0;
    double rest = sums.pairs();
    for (int i = 1; i < length; i++) {
      int moved = order[i - 1];
      double toLeft = sums.distances(moved);
      double toRight = sums.allDistances(moved) - toLeft;
      sums.add(moved);
      within += toLeft;
      rest -= toRight;
      between += toRight - toLeft;
      double n = i;
      double m = length - i;
      if (n >= 2 && m >= 2) {
        q[i] =
            m
                * n
                / (m + n)
                * (2 * between / (m * n) - 2 * within / (n * (n - 1)) - 2 * rest / (m * (m - 1)));
      }
    }
    return q;
  }

  /** Forgets the random orders, so that others are drawn. */
  void forget() {
    draws = 0;
  }

  /**
   * Returns the best Q̂ of a random order.
   *
   * @param number which one, from 0; those before it were asked for
   */
  double drawn(int number, SplittableRandom random) {
    for (; draws <= number; draws++) {
      Arrays.setAll(order, i -> i);
      for (int i = order.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int kept = order[i];
        order[i] = order[other];
        order[other] = kept;
      }
      double[] q = divergences();
      double most = Double.NEGATIVE_INFINITY;
      for (int i = MINIMUM; i <= q.length - MINIMUM; i++) {
        most = Math.max(most, q[i]);
      }
      drawn[draws] = most;
    }
    return drawn[number];
  }

  /**
   * Returns an upper bound of the probability that a random order has a Q̂ as large, so that a
   * plain change needs no permutation.
   *
   * <p>With N values in a range R, m of them on the smaller side of a split: Q̂ is at most
   * mn/(m+n)·2∫(F−G)² of the two sides' distributions, which is at most 4mR·sup(F−H)², H that of
   * the segment. In a random order the m values are drawn without replacement, so by Hoeffding
   * (1963, theorems 1 and 4) |F−H| at a given value exceeds ε with a probability of at most
   * 2·exp(−2mε²). Over N values and N splits Q̂ reaches q with at most 2N²·exp(−q/2R).
   */
  double bound(double q) {
    double n = values.length;
    return range > 0 ? 2 * n * n * Math.exp(-q / (2 * range)) : q > 0 ? 0 : 1;
  }
}
