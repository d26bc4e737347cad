package io.stagemark.postprocess.decoder.dense;

import io.stagemark.data.VectorLoop;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link RowScan} with the Vector API. */
final class RowScanVector implements RowScan, VectorLoop {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private final PlainRowScan plain = new PlainRowScan();

  @Override
  public boolean isAnyAbove(float[] values, int from, int count, float bound) {
    int lanes = SPECIES.length();
    if (count < lanes) {
      return plain.isAnyAbove(values, from, count, bound);
    }
    int last = from + count - lanes;
    for (int i = from; i < last; i += lanes) {
      if (isAbove(values, i, bound)) {
        return true;
      }
    }
    return isAbove(values, last, bound); // overlaps the one before it
  }

  private static boolean isAbove(float[] values, int at, float bound) {
    return FloatVector.fromArray(SPECIES, values, at).compare(VectorOperators.GT, bound).anyTrue();
  }

  @Override
  public void runEveryPath() {
    int lanes = SPECIES.length();
    isAnyAbove(new float[2 * lanes + 1], 0, 2 * lanes + 1, 0);
    isAnyAbove(new float[1], 0, 1, 0);
  }
}
