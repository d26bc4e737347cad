package io.stagemark.postprocess.nms;

/** Asks whether a box overlaps a kept one too much; all implementations give the same answers. */
interface OverlapTest {

  /**
   * Returns whether the IoU of the box at {@code position} with any kept box is above the
   * threshold: {@code inter / (a + b − inter) > threshold} in float32, sides below 0 taken as 0.
   */
  boolean anyAbove(SortedBoxes boxes, int position, KeptBoxes kept, float threshold);
}
