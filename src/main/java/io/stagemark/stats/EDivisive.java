package io.stagemark.stats;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * E-divisive: where the distribution of a series changes, found by halving it again and again at
 * the largest divergence of energy, as long as a permutation test within the segments finds it
 * larger than chance.
 *
 * <p>Source: Matteson and James, A nonparametric approach for multiple change point analysis of
 * multivariate data (2013), <a href="https://arxiv.org/abs/1306.4933">arXiv:1306.4933</a>: Q̂ =
 * mn/(m+n)·[2/(mn)·Σ|x−y| − 2/(m(m−1))·Σ|x−x′| − 2/(n(n−1))·Σ|y−y′|], exponent 1.
 *
 * <p>n·log n in time for each permutation: in one dimension energies are sums over ranks.
 */
public final class EDivisive {
  private static final int PERMUTATIONS = 499;
  private static final long SEED = 20130621;

  /** A segment whose bound is this many times below its part of α needs no permutations. */
  private static final double SURELY = 100;

  /**
   * Up to this length each test draws permutations of its own, as published. In a longer series
   * those of a segment are drawn once, and a plain change needs none.
   */
  private static final int PUBLISHED_UP_TO = 1000;

  private static final double ROUNDING = 1e-12;

  private final double[] series;
  private final double alpha;
  private final SplittableRandom random = new SplittableRandom(SEED);

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
    NavigableMap<Integer, EnergySegment> segments = new TreeMap<>();
    segments.put(0, segment(0, series.length));
    while (true) {
      EnergySegment best =
          Collections.max(segments.values(), Comparator.comparingDouble(each -> each.best()));
      if (best.bestAt() < 0 || !significant(segments.values(), best.best())) {
        return segments.keySet().stream().filter(from -> from > 0).toList();
      }
      segments.put(best.from(), segment(best.from(), best.bestAt()));
      segments.put(best.bestAt(), segment(best.bestAt(), best.to()));
    }
  }

  private EnergySegment segment(int from, int to) {
    return new EnergySegment(series, from, to, PERMUTATIONS);
  }

  /** The test permutes within every segment and takes the best split of any of them. */
  private boolean significant(Collection<EnergySegment> segments, double observed) {
    boolean isLong = series.length > PUBLISHED_UP_TO;
    double most = isLong ? alpha / SURELY / segments.size() : 0;
    List<EnergySegment> open = segments.stream().filter(s -> s.bound(observed) >= most).toList();
    if (!isLong) {
      segments.forEach(EnergySegment::forget);
    }
    int exceeded = 1;
    int allowed = (int) Math.floor(alpha * (PERMUTATIONS + 1));
    for (int p = 0; p < PERMUTATIONS && exceeded <= allowed && !open.isEmpty(); p++) {
      int number = p;
      // sums in another order differ in their last digits: what ties must not depend on them
      double largest = open.stream().mapToDouble(s -> s.drawn(number, random)).max().orElseThrow();
      boolean reached = largest >= observed * (1 - ROUNDING);
      exceeded += reached ? 1 : 0;
    }
    return exceeded <= allowed;
  }
}
