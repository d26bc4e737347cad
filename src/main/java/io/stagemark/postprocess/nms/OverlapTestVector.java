package io.stagemark.postprocess.nms;

import io.stagemark.data.VectorApi;
import io.stagemark.data.VectorLoop;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link OverlapTest} with the Vector API: the operations of {@link PlainOverlapTest} in the same
 * order on each lane, so the same bits. Loaded by {@link VectorApi}.
 */
final class OverlapTestVector implements OverlapTest, VectorLoop {
  private static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() <= BoxColumns.BLOCK
          ? FloatVector.SPECIES_PREFERRED
          : FloatVector.SPECIES_512;
  private static final FloatVector ZERO = FloatVector.zero(SPECIES);

  @Override
  public boolean anyAbove(BoxColumns boxes, int from, int to, Probe probe, float threshold) {
    // whole vectors are read; trials' JVMs check no vector access
    int padded = from + SPECIES.loopBound(Math.max(to - from, 0) + SPECIES.length() - 1);
    Objects.checkFromToIndex(from, Math.max(padded, from), boxes.area.length);
    FloatVector left = FloatVector.broadcast(SPECIES, probe.left);
    FloatVector top = FloatVector.broadcast(SPECIES, probe.top);
    FloatVector right = FloatVector.broadcast(SPECIES, probe.right);
    FloatVector bottom = FloatVector.broadcast(SPECIES, probe.bottom);
    FloatVector area = FloatVector.broadcast(SPECIES, probe.area);
    for (int k = from; k < to; k += SPECIES.length()) {
      FloatVector width =
          smaller(FloatVector.fromArray(SPECIES, boxes.right, k), right)
              .sub(larger(FloatVector.fromArray(SPECIES, boxes.left, k), left));
      FloatVector height =
          smaller(FloatVector.fromArray(SPECIES, boxes.bottom, k), bottom)
              .sub(larger(FloatVector.fromArray(SPECIES, boxes.top, k), top));
      FloatVector intersection = larger(width, ZERO).mul(larger(height, ZERO));
      FloatVector union = FloatVector.fromArray(SPECIES, boxes.area, k).add(area).sub(intersection);
      VectorMask<Float> near = intersection.compare(VectorOperators.GE, union.mul(threshold));
      if (near.anyTrue()
          && intersection.div(union).compare(VectorOperators.GT, threshold).anyTrue()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void runEveryPath() {
    Probe probe = new Probe();
    probe.set(0, 0, 1, 1);
    BoxColumns boxes = new BoxColumns();
    boxes.addBlock();
    boxes.set(0, probe);
    // the second comparison is for boxes that overlap
    anyAbove(boxes, 0, 1, probe, 0.5f);
  }

  /** {@code a > b ? a : b}: two instructions where {@code max} takes care of NaN with five. */
  private static FloatVector larger(FloatVector a, FloatVector b) {
    return b.blend(a, a.compare(VectorOperators.GT, b));
  }

  private static FloatVector smaller(FloatVector a, FloatVector b) {
    return b.blend(a, a.compare(VectorOperators.LT, b));
  }
}
