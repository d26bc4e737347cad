package io.stagemark.postprocess.nms;

import io.stagemark.data.LapProbe;
import io.stagemark.data.VectorApi;
import org.jspecify.annotations.Nullable;

/**
 * Greedy non-maximum suppression as torchvision's {@code ops.nms} does it, class by class: best
 * score first, ties to the lower index, a box falls if its IoU with a kept box of its class is
 * above the threshold, in float32, without the one-pixel convention.
 *
 * <p>Classes are separated exactly, not by shifting boxes apart (which is inexact in float32 and
 * wrong where the largest coordinate is −1). Two boxes of no area are both kept; NaN scores sort
 * first. There is no time limit. Memory is reused; not thread-safe.
 */
public final class HardNms implements Suppression {
  /** Up to so many kept boxes, comparing with all of them beats sorting all candidates. */
  private static final int WALK_LIMIT = 512;

  private final int preNmsTopK;
  private final int maxDetections;
  private final ScoreOrder scoreOrder = new ScoreOrder();
  private final ScoreWalk scoreWalk;
  private final ClassWalk classWalk;
  private int[] kept = new int[0];
  private @Nullable LapProbe lapProbe;

  /**
   * @param iouThreshold a ratio; a box falls if its IoU is strictly above
   * @param agnostic true: boxes of all classes suppress each other
   * @param preNmsTopK boxes that take part at most, best first
   * @param maxDetections boxes kept at most, over all classes
   */
  public HardNms(double iouThreshold, boolean agnostic, int preNmsTopK, int maxDetections) {
    this(
        iouThreshold,
        agnostic ? Classes.TOGETHER : Classes.APART,
        preNmsTopK,
        maxDetections,
        VectorApi.choose(OverlapTest.class, "OverlapTestVector", PlainOverlapTest::new));
  }

  HardNms(
      double iouThreshold,
      Classes classes,
      int preNmsTopK,
      int maxDetections,
      OverlapTest overlaps) {
    float threshold = floor(iouThreshold);
    this.preNmsTopK = preNmsTopK;
    this.maxDetections = maxDetections;
    this.scoreWalk = new ScoreWalk(threshold, classes, overlaps, scoreOrder);
    this.classWalk = new ClassWalk(threshold, classes, overlaps);
  }

  /** How boxes of different classes are kept from suppressing each other. */
  enum Classes {
    /** Exactly: a class at a time. */
    APART,
    /** Not at all. */
    TOGETHER,
    /** As Ultralytics: moved by 7680 px a class, in float32, which loses bits. */
    MOVED
  }

  /** Classes moved apart in float32, for results equal to Ultralytics'. */
  static HardNms ultralytics(NmsSettings settings) {
    return new HardNms(
        settings.iouThreshold(),
        settings.agnostic() ? Classes.TOGETHER : Classes.MOVED,
        settings.preNmsTopK(),
        settings.maxDetections(),
        VectorApi.choose(OverlapTest.class, "OverlapTestVector", PlainOverlapTest::new));
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
  @Override
  public int run(BoxList boxes) {
    int count = Math.min(boxes.size(), preNmsTopK);
    int most = Math.min(count, maxDetections);
    if (kept.length < most) {
      kept = new int[Math.max(most, 2 * kept.length)];
    }
    if (most <= WALK_LIMIT) {
      return scoreWalk.run(boxes, count, most, kept, lapProbe);
    }
    int[] order = scoreOrder.sort(boxes.scores(), boxes.size());
    if (lapProbe != null) {
      lapProbe.lap("sort");
    }
    return classWalk.run(boxes, order, count, most, kept);
  }

  /** Returns indices of the kept boxes, best score first; valid until the next {@link #run}. */
  @Override
  public int[] kept() {
    return kept;
  }

  @Override
  public void measure(LapProbe probeOfSort) {
    lapProbe = probeOfSort;
  }
}
