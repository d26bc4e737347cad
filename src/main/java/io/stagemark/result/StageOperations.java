package io.stagemark.result;

/**
 * Operations of one stage on one batch, to be given next to its latency.
 *
 * @param stage {@code preprocess}, {@code forward} or {@code postprocess}
 * @param macs multiply-accumulates, float and integer
 * @param elementwise floating-point operations outside a contraction
 * @param special evaluations of exp, log, sqrt, …
 * @param comparisons comparisons, minima, maxima
 * @param note what the figures are: from the graph, or by which formula, and whether a bound
 */
public record StageOperations(
    String stage, long macs, long elementwise, long special, long comparisons, String note) {

  /** Returns 2 × MAC + elementwise + special. */
  public long flopsTotal() {
    return 2 * macs + elementwise + special;
  }
}
