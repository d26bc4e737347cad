package io.stagemark.postprocess.decoder.dense;

/** Looks for numbers above a bound; all implementations give the same answer. */
interface RowScan {

  /**
   * Returns whether any of {@code values[from], …, values[from + count − 1]} is above; NaN never.
   */
  boolean isAnyAbove(float[] values, int from, int count, float bound);
}
