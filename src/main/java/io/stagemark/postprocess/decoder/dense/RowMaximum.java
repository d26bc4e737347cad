package io.stagemark.postprocess.decoder.dense;

import io.stagemark.data.Tensor;

/** The largest of some rows, element by element; all implementations give the same bits. */
interface RowMaximum {

  /**
   * Computes {@code into[i] = max over r of values[offset + r · into.length + i]}; NaN counts as
   * −∞.
   *
   * @param rows at least 1
   */
  void of(Tensor values, int offset, int rows, float[] into);
}
