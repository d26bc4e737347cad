package io.stagemark.postprocess.decoder.dense;

/** {@link RowScan} in plain Java. */
final class PlainRowScan implements RowScan {
  @Override
  public boolean isAnyAbove(float[] values, int from, int count, float bound) {
    for (int i = from; i < from + count; i++) {
      if (values[i] > bound) {
        return true;
      }
    }
    return false;
  }
}
