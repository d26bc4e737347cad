package io.stagemark.postprocess.decoder;

import io.stagemark.data.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RowMaximum} with the Vector API, straight from the engine's memory; the same comparisons
 * on each lane as {@link PlainRowMaximum}, so the same bits.
 */
final class RowMaximumVector implements RowMaximum {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Columns taken at a time, so that the maxima stay in the first-level cache. */
  private static final int BLOCK = 2048;

  @Override
  public void of(Tensor values, int offset, int rows, float[] into) {
    Objects.checkFromIndexSize(offset, rows * into.length, values.floats().capacity());
    Arrays.fill(into, Float.NEGATIVE_INFINITY);
    int vectorised = SPECIES.loopBound(into.length);
    for (int start = 0; start < vectorised; start += BLOCK) {
      int end = Math.min(start + BLOCK, vectorised);
      for (int r = 0; r < rows; r++) {
        row(values.bytes(), offset + r * into.length, start, end, into);
      }
    }
    for (int i = vectorised; i < into.length; i++) {
      for (int r = 0; r < rows; r++) {
        float value = values.floats().get(offset + r * into.length + i);
        into[i] = value > into[i] ? value : into[i];
      }
    }
  }

  private static void row(ByteBuffer bytes, int offset, int start, int end, float[] into) {
    for (int i = start; i < end; i += SPECIES.length()) {
      FloatVector value =
          FloatVector.fromByteBuffer(
              SPECIES, bytes, (offset + i) * Float.BYTES, ByteOrder.nativeOrder());
      FloatVector best = FloatVector.fromArray(SPECIES, into, i);
      best.blend(value, value.compare(VectorOperators.GT, best)).intoArray(into, i);
    }
  }
}
