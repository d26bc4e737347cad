package io.stagemark.postprocess.nms;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The ONNX operator NonMaxSuppression (opset 10 and 11) as ONNX Runtime computes it, in float32:
 * class by class, best score first, ties to the lower index; a box falls if it shares area with a
 * kept one and their IoU is strictly above the threshold; boxes without area are all kept; NaN
 * scores are dropped if there is a score threshold.
 */
final class OnnxNms {
  private final boolean centerPointBox;
  private final long maxOutputBoxesPerClass;
  private final float iouThreshold;
  private final OptionalDouble scoreThreshold;
  private final ScoreOrder scoreOrder = new ScoreOrder();

  /**
   * @param centerPointBox boxes are x centre, y centre, width, height; otherwise y1, x1, y2, x2 of
   *     any two opposite corners
   * @param maxOutputBoxesPerClass 0, ONNX's default, keeps nothing
   * @param iouThreshold ONNX's default is 0
   * @param scoreThreshold scores must be strictly above; absent: all take part
   */
  public OnnxNms(
      boolean centerPointBox,
      long maxOutputBoxesPerClass,
      float iouThreshold,
      OptionalDouble scoreThreshold) {
    if (!(iouThreshold >= 0 && iouThreshold <= 1)) {
      throw new IllegalArgumentException(
          "the IoU threshold of NonMaxSuppression is in [0, 1], got " + iouThreshold);
    }
    this.centerPointBox = centerPointBox;
    this.maxOutputBoxesPerClass = maxOutputBoxesPerClass;
    this.iouThreshold = iouThreshold;
    this.scoreThreshold = scoreThreshold;
  }

  /**
   * One row of the operator's output.
   *
   * @param batch image
   * @param classId class
   * @param box index of the box
   */
  public record Selected(int batch, int classId, int box) {}

  /**
   * Runs the operator.
   *
   * @param boxes {@code [batches, count, 4]}
   * @param scores {@code [batches, classes, count]}
   * @return rows by batch, class, then descending score
   * @throws IllegalArgumentException if the lengths disagree with the extents
   */
  public List<Selected> run(float[] boxes, float[] scores, int batches, int classes, int count) {
    if (boxes.length != batches * count * 4 || scores.length != batches * classes * count) {
      throw new IllegalArgumentException(
          "boxes [%d, %d, 4] and scores [%d, %d, %d] do not have %d and %d values"
              .formatted(batches, count, batches, classes, count, boxes.length, scores.length));
    }
    List<Selected> selected = new ArrayList<>();
    float[] corners = corners(boxes);
    float[] row = new float[count];
    for (int batch = 0; batch < batches; batch++) {
      for (int c = 0; c < classes; c++) {
        System.arraycopy(scores, (batch * classes + c) * count, row, 0, count);
        for (int box : keep(corners, batch * count, row)) {
          selected.add(new Selected(batch, c, box));
        }
      }
    }
    return selected;
  }

  private List<Integer> keep(float[] corners, int firstBox, float[] scores) {
    List<Integer> kept = new ArrayList<>();
    int[] order = scoreOrder.sort(scores, scores.length);
    for (int rank = 0; rank < scores.length && kept.size() < maxOutputBoxesPerClass; rank++) {
      int i = order[rank];
      if (scoreThreshold.isPresent() && !(scores[i] > (float) scoreThreshold.getAsDouble())) {
        continue;
      }
      boolean keep = true;
      for (int k : kept) {
        keep = keep && !isAbove(corners, firstBox + k, firstBox + i, iouThreshold);
      }
      if (keep) {
        kept.add(i);
      }
    }
    return kept;
  }

  /** Returns left, top, right, bottom of each box. */
  private float[] corners(float[] boxes) {
    float[] corners = new float[boxes.length];
    for (int i = 0; i < boxes.length; i += 4) {
      if (centerPointBox) {
        float halfWidth = boxes[i + 2] / 2;
        float halfHeight = boxes[i + 3] / 2;
        corners[i] = boxes[i] - halfWidth;
        corners[i + 1] = boxes[i + 1] - halfHeight;
        corners[i + 2] = boxes[i] + halfWidth;
        corners[i + 3] = boxes[i + 1] + halfHeight;
      } else {
        corners[i] = Math.min(boxes[i + 1], boxes[i + 3]);
        corners[i + 1] = Math.min(boxes[i], boxes[i + 2]);
        corners[i + 2] = Math.max(boxes[i + 1], boxes[i + 3]);
        corners[i + 3] = Math.max(boxes[i], boxes[i + 2]);
      }
    }
    return corners;
  }

  /** Returns whether two boxes (left, top, right, bottom of each in a row) overlap too much. */
  static boolean isAbove(float[] corners, int a, int b, float iouThreshold) {
    float width =
        Math.min(corners[4 * a + 2], corners[4 * b + 2]) - Math.max(corners[4 * a], corners[4 * b]);
    float height =
        Math.min(corners[4 * a + 3], corners[4 * b + 3])
            - Math.max(corners[4 * a + 1], corners[4 * b + 1]);
    if (!(width > 0 && height > 0)) {
      return false;
    }
    float intersection = width * height;
    float areaA = (corners[4 * a + 2] - corners[4 * a]) * (corners[4 * a + 3] - corners[4 * a + 1]);
    float areaB = (corners[4 * b + 2] - corners[4 * b]) * (corners[4 * b + 3] - corners[4 * b + 1]);
    float union = areaA + areaB - intersection;
    return intersection > 0 && union > 0 && intersection / union > iouThreshold;
  }
}
