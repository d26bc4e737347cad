package io.stagemark.postprocess.decoder.dense;

import io.stagemark.data.Tensor;
import java.util.Arrays;

/** {@link RowMaximum} in plain Java. */
final class PlainRowMaximum implements RowMaximum {
  private float[] row = new float[0];

  @Override
  public void of(Tensor values, int offset, int rows, float[] into) {
    if (row.length != into.length) {
      row = new float[into.length];
    }
    Arrays.fill(into, Float.NEGATIVE_INFINITY);
    for (int r = 0; r < rows; r++) {
      values.floats().get(offset + r * into.length, row);
      for (int i = 0; i < row.length; i++) {
        into[i] = row[i] > into[i] ? row[i] : into[i];
      }
    }
  }
}
