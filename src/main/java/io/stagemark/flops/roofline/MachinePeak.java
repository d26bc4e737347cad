package io.stagemark.flops.roofline;

/**
 * The two ceilings of a roofline, both measured.
 *
 * @param flops the best rate of matrix products through the same engine, in FLOPs a second
 * @param bandwidth of a triad through memory, in bytes a second
 * @param threads that both used
 */
public record MachinePeak(Rate flops, Rate bandwidth, int threads) {

  /** Returns the most FLOPs a second that {@code intensity} FLOPs a byte allows. */
  public double attainable(double intensity) {
    return Math.min(flops.median(), intensity * bandwidth.median());
  }

  /** Returns whether memory, and not arithmetic, is the ceiling there. */
  public boolean memoryBound(double intensity) {
    return intensity * bandwidth.median() < flops.median();
  }
}
