package io.stagemark.postprocess.nms;

/**
 * Compares a box with all kept ones: by the chosen {@link OverlapTest}, but in plain Java while
 * there are few, where filling vectors costs more than it saves. The answers are the same.
 */
final class KeptTest {
  /** Kept boxes up to which plain Java was faster, on AVX-512. */
  private static final int FEW = 6;

  private final PlainOverlapTest plain = new PlainOverlapTest();
  private final OverlapTest overlaps;
  private final float threshold;

  KeptTest(OverlapTest overlaps, float threshold) {
    this.overlaps = overlaps;
    this.threshold = threshold;
  }

  /** Returns whether the IoU of the probe with any of the boxes is above the threshold. */
  boolean anyAbove(BoxColumns boxes, Probe probe) {
    int size = boxes.size();
    return size <= FEW
        ? plain.anyAbove(boxes, 0, size, probe, threshold)
        : overlaps.anyAbove(boxes, 0, size, probe, threshold);
  }
}
