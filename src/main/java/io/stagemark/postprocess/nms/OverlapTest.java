package io.stagemark.postprocess.nms;

/** Asks whether a box overlaps a kept one too much; all implementations give the same answers. */
interface OverlapTest {

  /**
   * Returns whether the IoU of the probe with any of some boxes is above the threshold: {@code
   * inter / (a + b − inter) > threshold} in float32, sides below 0 taken as 0.
   *
   * @param boxes entries from {@code to} to the end of its block are neutral
   * @param from a multiple of {@link BoxColumns#BLOCK}
   * @param to exclusive
   */
  boolean anyAbove(BoxColumns boxes, int from, int to, Probe probe, float threshold);
}
