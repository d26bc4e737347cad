package io.stagemark.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * P-values adjusted so that the chance of any false finding in a family stays below α.
 *
 * <p>Source: Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of
 * Statistics 6 (1979): p̃_(i) = max_{j ≤ i} min(1, (m − j + 1)·p_(j)).
 */
public final class Holm {
  private Holm() {}

  /**
   * Returns the adjusted p-values, in the order of what came in.
   *
   * @param p in [0, 1]; not modified
   */
  public static double[] adjust(double[] p) {
    int[] order = ascending(p);
    double[] adjusted = new double[p.length];
    double largest = 0;
    for (int i = 0; i < order.length; i++) {
      largest = Math.max(largest, Math.min(1, (p.length - i) * p[order[i]]));
      adjusted[order[i]] = largest;
    }
    return adjusted;
  }

  static int[] ascending(double[] p) {
    return IntStream.range(0, p.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> p[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
