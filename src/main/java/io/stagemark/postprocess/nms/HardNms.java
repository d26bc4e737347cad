package io.stagemark.postprocess.nms;

import java.util.Arrays;

/**
 * Greedy non-maximum suppression as torchvision's {@code ops.nms} does it, class by class: best
 * score first, ties to the lower index, a box falls if its IoU with a kept box of its class is
 * above the threshold, in float32, without the one-pixel convention.
 *
 * <p>Classes are separated exactly, not by shifting boxes apart (which is inexact in float32 and
 * wrong where the largest coordinate is −1). Two boxes of no area are both kept; NaN scores sort
 * first. There is no time limit. Memory is reused; not thread-safe.
 */
public final class HardNms {
  private final float threshold;
  private final boolean agnostic;
  private final int preNmsTopK;
  private final int maxDetections;
  private final ScoreOrder scoreOrder = new ScoreOrder();
  private final SortedBoxes sorted = new SortedBoxes();
  private final KeptBoxes keptBoxes = new KeptBoxes();
  private final OverlapTest overlaps = new PlainOverlapTest();
  private int[] kept = new int[0];

  /**
   * @param iouThreshold a ratio; a box falls if its IoU is strictly above
   * @param agnostic true: boxes of all classes suppress each other
   * @param preNmsTopK boxes that take part at most, best first
   * @param maxDetections boxes kept at most, over all classes
   */
  public HardNms(double iouThreshold, boolean agnostic, int preNmsTopK, int maxDetections) {
    this.threshold = floor(iouThreshold);
    this.agnostic = agnostic;
    this.preNmsTopK = preNmsTopK;
    this.maxDetections = maxDetections;
  }

  /** The largest float not above: {@code iou > floor(t)} for a float is {@code iou > t} exactly. */
  static float floor(double threshold) {
    float rounded = (float) threshold;
    return rounded > threshold ? Math.nextDown(rounded) : rounded;
  }

  /**
   * Suppresses.
   *
   * @return how many boxes are kept; {@link #kept} has them
   */
  public int run(BoxList boxes) {
    int[] order = scoreOrder.sort(boxes.scores(), boxes.size());
    int count = Math.min(boxes.size(), preNmsTopK);
    sorted.load(boxes, order, count, agnostic);
    for (int segment = 0; segment < sorted.segments(); segment++) {
      suppress(sorted.start(segment), sorted.start(segment + 1));
    }
    if (kept.length < count) {
      kept = Arrays.copyOf(kept, Math.max(count, 2 * kept.length));
    }
    int found = 0;
    for (int rank = 0; rank < count && found < maxDetections; rank++) {
      if (sorted.isKept(rank)) {
        kept[found++] = order[rank];
      }
    }
    return found;
  }

  /** Returns indices of the kept boxes, best score first; valid until the next {@link #run}. */
  public int[] kept() {
    return kept;
  }

  private void suppress(int start, int end) {
    int found = 0;
    keptBoxes.clear();
    for (int i = start; i < end && found < maxDetections; i++) {
      if (!overlaps.anyAbove(sorted, i, keptBoxes, threshold)) {
        keptBoxes.add(sorted, i);
        sorted.keep(i);
        found++;
      }
    }
  }
}
