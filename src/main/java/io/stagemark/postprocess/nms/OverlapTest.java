package io.stagemark.postprocess.nms;

/** Asks whether a box overlaps a kept one too much; all implementations give the same answers. */
interface OverlapTest {

  /**
   * Returns whether the IoU of the probe with any of some boxes is above the threshold: {@code
   * inter / (a + b − inter) > threshold} in float32, sides below 0 taken as 0.
   *
   * <p>Division is dear, so {@code inter >= threshold · union} is asked first. Rounding is
   * monotone: a quotient that rounds to more than the threshold is more than it, so {@code inter}
   * is at least the product before rounding, and after.
   *
   * @param boxes entries from {@code to} to the end of its block are neutral
   * @param from a multiple of {@link BoxColumns#BLOCK}
   * @param to exclusive
   */
  boolean anyAbove(BoxColumns boxes, int from, int to, Probe probe, float threshold);
}
