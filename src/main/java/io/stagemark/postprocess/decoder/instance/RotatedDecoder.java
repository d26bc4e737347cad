package io.stagemark.postprocess.decoder.instance;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.object.ConvexOverlap;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.decoder.CandidateValues;
import io.stagemark.postprocess.nms.BoxList;
import io.stagemark.postprocess.nms.RotatedBoxes;
import java.util.Optional;
import java.util.function.IntFunction;

/** The boxes of another decoder, each turned about its centre. */
final class RotatedDecoder extends AroundBoxes {
  private final CandidateValues angles;
  private final RotatedBoxes rotated = new RotatedBoxes();

  /**
   * @param boxes finds the candidates, as if they were upright
   * @param angles one a candidate, in radians
   */
  RotatedDecoder(BoxDecoder boxes, CandidateValues angles) {
    super(boxes);
    this.angles = angles;
  }

  /** A candidate's box is the upright one around its rectangle. */
  @Override
  public void locate(IntFunction<Tensor> outputs, int slot, BoxList candidates) {
    boxes.locate(outputs, slot, candidates);
    for (int i = 0; i < candidates.size(); i++) {
      double left = candidates.left()[i];
      double top = candidates.top()[i];
      double right = candidates.right()[i];
      double bottom = candidates.bottom()[i];
      int source = candidates.sources()[i];
      rotated.set(
          source,
          (left + right) / 2,
          (top + bottom) / 2,
          right - left,
          bottom - top,
          angles.value(outputs, slot, source, 0));
      rotated.bound(candidates, i);
    }
  }

  @Override
  public Optional<RotatedBoxes> rotated() {
    return Optional.of(rotated);
  }

  @Override
  public boolean hasCorners() {
    return true;
  }

  @Override
  public boolean clipsCorners() {
    return false; // a rectangle that is cut at the picture's edge would be none
  }

  @Override
  public void corners(int source, double[] into, int at) {
    int size = ConvexOverlap.NUMBERS;
    System.arraycopy(rotated.corners(), size * source, into, at, size);
  }

  /** Boxes are the upright ones around the rectangles. */
  @Override
  public DenseCandidates dense(IntFunction<Tensor> outputs, int slot, Geometry geometry) {
    DenseCandidates upright = boxes.dense(outputs, slot, UNMAPPED);
    double[] around = new double[4 * upright.count()];
    RotatedBoxes one = new RotatedBoxes();
    for (int i = 0; i < upright.count(); i++) {
      one.set(
          0,
          (upright.edge(i, 0) + upright.edge(i, 2)) / 2,
          (upright.edge(i, 1) + upright.edge(i, 3)) / 2,
          upright.edge(i, 2) - upright.edge(i, 0),
          upright.edge(i, 3) - upright.edge(i, 1),
          angles.value(outputs, slot, i, 0));
      double[] corners = one.corners();
      int at = 4 * i;
      around[at] = Double.POSITIVE_INFINITY;
      around[at + 1] = Double.POSITIVE_INFINITY;
      around[at + 2] = Double.NEGATIVE_INFINITY;
      around[at + 3] = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < ConvexOverlap.NUMBERS; c += 2) {
        double x = geometry.sourceX(corners[c]);
        double y = geometry.sourceY(corners[c + 1]);
        around[at] = Math.min(around[at], x);
        around[at + 1] = Math.min(around[at + 1], y);
        around[at + 2] = Math.max(around[at + 2], x);
        around[at + 3] = Math.max(around[at + 3], y);
      }
    }
    return upright.withBoxes(around);
  }
}
