package io.stagemark.stats;

/**
 * Q-values: of the findings up to this one, at most this share is expected to be false.
 *
 * <p>Source: Benjamini and Hochberg, Controlling the false discovery rate, Journal of the Royal
 * Statistical Society B 57 (1995): q_(i) = min_{j ≥ i} min(1, m·p_(j)/j).
 */
public final class BenjaminiHochberg {
  private BenjaminiHochberg() {}

  /**
   * Returns the q-values, in the order of what came in.
   *
   * @param p in [0, 1]; not modified
   */
  public static double[] adjust(double[] p) {
    int[] order = Holm.ascending(p);
    double[] adjusted = new double[p.length];
    double smallest = 1;
    for (int i = order.length - 1; i >= 0; i--) {
      smallest = Math.min(smallest, p.length * p[order[i]] / (i + 1));
      adjusted[order[i]] = smallest;
    }
    return adjusted;
  }
}
