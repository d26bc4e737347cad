package io.stagemark.flops;

/**
 * Operations of preprocessing and postprocessing by formula, so that FLOPs are reported by stage as
 * the latency is. They follow the rules that count the same work inside a graph (docs/flops.md):
 * what an implementation saves by fixed point or by leaving early is not taken off.
 *
 * <p>Decoding a JPEG is not counted: its work depends on the data.
 */
public final class StageFormulas {
  /** A bilinear sample over two dimensions: 4 products and 3 sums. */
  private static final long BILINEAR = 7;

  /** A bicubic sample over two dimensions: 16 products and 15 sums. */
  private static final long CUBIC = 31;

  /** An intersection over union: 14 operations and as many comparisons, as in the graph's rule. */
  private static final long OVERLAP = 14;

  private StageFormulas() {}

  /**
   * Returns a bilinear resize.
   *
   * @param elements that it writes: width × height × channels, padding left out
   */
  public static Operations bilinearResize(long elements) {
    return Operations.of(BILINEAR, 0, 0).times(elements);
  }

  /** Returns a bicubic resize: 16 products and 15 sums for each element that it writes. */
  public static Operations cubicResize(long elements) {
    return Operations.of(CUBIC, 0, 0).times(elements);
  }

  /** Returns {@code (v − mean) · factor} for each element. */
  public static Operations normalise(long elements) {
    return Operations.of(2, 0, 0).times(elements);
  }

  /** Returns a sigmoid for each score: exp, one sum, one division. */
  public static Operations sigmoid(long scores) {
    return Operations.of(2, 1, 0).times(scores);
  }

  /** Returns a softmax over rows of n scores, as the graph's rule counts it. */
  public static Operations softmax(long rows, long n) {
    return rows == 0 || n == 0 ? Operations.NONE : Operations.of(3 * n - 1, n, n - 1).times(rows);
  }

  /** Returns one comparison of every score with a threshold, or with the best so far. */
  public static Operations threshold(long candidates, long classes) {
    return Operations.of(0, 0, Math.multiplyExact(candidates, classes));
  }

  /** Returns the decoding of boxes: a product and a sum for each of four coordinates. */
  public static Operations decodeBoxes(long boxes) {
    return Operations.of(8, 0, 0).times(boxes);
  }

  /**
   * Returns greedy suppression of boxes of one class: an upper bound, every pair compared once, and
   * the sort by score, n·log2 n comparisons.
   */
  public static Operations suppress(long boxes) {
    long pairs = Math.multiplyExact(boxes, Math.max(0, boxes - 1)) / 2;
    long sort = boxes < 2 ? 0 : Math.round(boxes * (Math.log((double) boxes) / Math.log(2)));
    return suppressed(pairs).plus(Operations.of(0, 0, sort));
  }

  /** Returns suppression in which so many pairs of boxes were compared. */
  public static Operations suppressed(long comparedPairs) {
    return Operations.of(OVERLAP, 0, OVERLAP).times(comparedPairs);
  }
}
