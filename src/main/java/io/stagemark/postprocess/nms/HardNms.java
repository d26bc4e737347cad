package io.stagemark.postprocess.nms;

import io.stagemark.data.LapProbe;
import io.stagemark.data.VectorApi;
import java.util.Arrays;
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
  /** From so many kept boxes of a class on, a grid finds the few that matter. */
  private static final int GRID_FROM = 256;

  private final float threshold;
  private final Classes classes;
  private final int preNmsTopK;
  private final int maxDetections;
  private final ScoreOrder scoreOrder = new ScoreOrder();
  private final SortedBoxes sorted = new SortedBoxes();
  private final BoxColumns keptBoxes = new BoxColumns();
  private final Probe probe = new Probe();
  private final OverlapTest overlaps;
  private final KeptGrid grid;
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
    this.threshold = floor(iouThreshold);
    this.classes = classes;
    this.preNmsTopK = preNmsTopK;
    this.maxDetections = maxDetections;
    this.overlaps = overlaps;
    this.grid = new KeptGrid(overlaps);
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
    int[] order = scoreOrder.sort(boxes.scores(), boxes.size());
    int count = Math.min(boxes.size(), preNmsTopK);
    sorted.load(boxes, order, count, classes);
    if (lapProbe != null) {
      lapProbe.lap("sort");
    }
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
  @Override
  public int[] kept() {
    return kept;
  }

  @Override
  public void measure(LapProbe probeOfSort) {
    lapProbe = probeOfSort;
  }

  private void suppress(int start, int end) {
    keptBoxes.clear();
    boolean gridded = false;
    int found = 0;
    for (int i = start; i < end && found < maxDetections; i++) {
      sorted.probe(i, probe);
      if (gridded && !sorted.isProper(i)) {
        sorted.keep(i);
        found++;
      } else if (gridded
          ? !grid.anyAbove(probe, threshold)
          : !overlaps.anyAbove(keptBoxes, 0, keptBoxes.size(), probe, threshold)) {
        sorted.keep(i);
        found++;
        if (gridded) {
          grid.add(probe);
        } else {
          keptBoxes.add(probe);
        }
        if (found == GRID_FROM && threshold >= KeptGrid.SMALLEST_THRESHOLD) {
          gridded = true;
          layGrid(start, i, end);
        }
      }
    }
  }

  private void layGrid(int start, int last, int end) {
    grid.start(sorted, start, end);
    for (int i = start; i <= last; i++) {
      if (sorted.isKeptAt(i) && sorted.isProper(i)) {
        sorted.probe(i, probe);
        grid.add(probe);
      }
    }
  }
}
