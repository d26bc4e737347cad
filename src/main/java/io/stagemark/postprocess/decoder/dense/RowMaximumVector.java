package io.stagemark.postprocess.decoder.dense;

import io.stagemark.data.DirectFloatsVector;
import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.VectorLoop;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RowMaximum} with the Vector API, straight from the engine's memory; the same comparisons
 * on each lane as {@link PlainRowMaximum}, so the same bits.
 */
final class RowMaximumVector implements RowMaximum, VectorLoop {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Columns taken at a time, so that the maxima stay in the first-level cache. */
  private static final int BLOCK = 2048;

  private static final MethodHandle LOAD = DirectFloatsVector.LOAD;

  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
  private Object memory = DirectFloatsVector.memory(bytes);

  @Override
  public void of(Tensor values, int offset, int rows, float[] into) {
    Objects.checkFromIndexSize(offset, rows * into.length, values.floats().capacity());
    if (values.bytes() != bytes) {
      // an engine's output is the same buffer in every batch: nothing is allocated then
      bytes = values.bytes();
      memory = DirectFloatsVector.memory(bytes);
    }
    Arrays.fill(into, Float.NEGATIVE_INFINITY);
    int vectorised = SPECIES.loopBound(into.length);
    for (int start = 0; start < vectorised; start += BLOCK) {
      int end = Math.min(start + BLOCK, vectorised);
      for (int r = 0; r < rows; r++) {
        try {
          row(memory, offset + r * into.length, start, end, into);
        } catch (Throwable e) {
          throw DirectFloatsVector.unchecked(e);
        }
      }
    }
    for (int i = vectorised; i < into.length; i++) {
      for (int r = 0; r < rows; r++) {
        float value = values.floats().get(offset + r * into.length + i);
        into[i] = value > into[i] ? value : into[i];
      }
    }
  }

  @Override
  public void runEveryPath() {
    int columns = SPECIES.length() + 1;
    Tensor values =
        Tensor.allocate(new TensorSpec("rows", ElementType.FLOAT32, List.of(2L, (long) columns)));
    of(values, 0, 2, new float[columns]);
  }

  private static void row(Object memory, int offset, int start, int end, float[] into)
      throws Throwable {
    for (int i = start; i < end; i += SPECIES.length()) {
      FloatVector value =
          (FloatVector) LOAD.invokeExact(SPECIES, memory, (offset + i) * Float.BYTES);
      FloatVector best = FloatVector.fromArray(SPECIES, into, i);
      best.blend(value, value.compare(VectorOperators.GT, best)).intoArray(into, i);
    }
  }
}
