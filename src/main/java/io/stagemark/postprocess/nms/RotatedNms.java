package io.stagemark.postprocess.nms;

import io.stagemark.data.LapProbe;
import io.stagemark.data.object.ConvexOverlap;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Suppression of rotated boxes, best score first, class by class unless agnostic:
 *
 * <ul>
 *   <li>{@code hard}: greedy; a box falls if its exact IoU with a kept one is above the threshold;
 *   <li>{@code fast}: a box falls if its exact IoU with any better one, kept or not, is at or above
 *       it, as in {@link FastNms};
 *   <li>{@code ultralytics}: as {@code fast} with {@link ProbabilisticIou} at or above the
 *       threshold, which is the exporter's own rule ({@code TorchNMS.fast_nms} with {@code
 *       batch_probiou});
 *   <li>{@code none}: all boxes.
 * </ul>
 *
 * <p>Reuses memory; not thread-safe.
 */
public final class RotatedNms implements Suppression {
  /** The rules that are defined for rotated boxes. */
  public static final Set<NmsMethod> METHODS =
      Set.copyOf(EnumSet.of(NmsMethod.HARD, NmsMethod.FAST, NmsMethod.ULTRALYTICS, NmsMethod.NONE));

  private final NmsSettings settings;
  private final RotatedBoxes rotated;
  private final ConvexOverlap overlap = new ConvexOverlap();
  private final ScoreOrder scoreOrder = new ScoreOrder();
  private int[] kept = new int[0];
  private @Nullable LapProbe lapProbe;

  /**
   * @param rotated the rectangles of the candidates
   * @throws IllegalArgumentException for a rule that is not one of {@link #METHODS}
   */
  public RotatedNms(NmsSettings settings, RotatedBoxes rotated) {
    if (!METHODS.contains(settings.method())) {
      throw new IllegalArgumentException(
          "rotated boxes have the rules hard, fast, ultralytics and none, got "
              + settings.method());
    }
    this.settings = settings;
    this.rotated = rotated;
  }

  @Override
  public int run(BoxList boxes) {
    int[] order = scoreOrder.sort(boxes.scores(), boxes.size());
    if (lapProbe != null) {
      lapProbe.lap("sort");
    }
    int count = Math.min(boxes.size(), settings.preNmsTopK());
    if (kept.length < count) {
      kept = new int[Math.max(count, 2 * kept.length)];
    }
    boolean greedy = settings.method() == NmsMethod.HARD;
    int found = 0;
    for (int i = 0; i < count && found < settings.maxDetections(); i++) {
      int[] better = greedy ? kept : order;
      if (!falls(boxes, order[i], better, greedy ? found : i)) {
        kept[found++] = order[i];
      }
    }
    return found;
  }

  private boolean falls(BoxList boxes, int box, int[] better, int count) {
    if (settings.method() == NmsMethod.NONE) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      int other = better[i];
      boolean meets = settings.agnostic() || boxes.classIds()[other] == boxes.classIds()[box];
      if (meets && overlaps(boxes, other, box)) {
        return true;
      }
    }
    return false;
  }

  private boolean overlaps(BoxList boxes, int first, int second) {
    double threshold = settings.iouThreshold();
    return switch (settings.method()) {
      case ULTRALYTICS ->
          ProbabilisticIou.of(rotated, boxes.sources()[first], boxes.sources()[second])
              >= threshold;
      case FAST -> exact(boxes, first, second) >= threshold;
      default -> exact(boxes, first, second) > threshold;
    };
  }

  private double exact(BoxList boxes, int first, int second) {
    // upright boxes around them that are apart: nothing to cut
    if (boxes.left()[first] > boxes.right()[second]
        || boxes.left()[second] > boxes.right()[first]
        || boxes.top()[first] > boxes.bottom()[second]
        || boxes.top()[second] > boxes.bottom()[first]) {
      return 0;
    }
    double[] corners = rotated.corners();
    int size = ConvexOverlap.NUMBERS;
    return overlap.iou(
        corners, size * boxes.sources()[first], corners, size * boxes.sources()[second]);
  }

  @Override
  public int[] kept() {
    return kept;
  }

  @Override
  public void measure(LapProbe probeOfSort) {
    lapProbe = probeOfSort;
  }
}
