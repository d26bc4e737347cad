package io.stagemark.postprocess.decoder.selected;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;

/** Numbers of outputs that may be integers, or have a length that depends on the image. */
final class Reading {
  private Reading() {}

  /** Returns a number of any type. */
  static float at(Tensor tensor, int index) {
    return tensor.spec().type() == ElementType.FLOAT32
        ? tensor.floats().get(index)
        : (float) tensor.number(index);
  }

  /** Returns the extent of an axis, counted from the last one backwards: 1 is the last. */
  static int extent(Tensor tensor, int fromLast) {
    int rank = tensor.spec().shape().size();
    return tensor.spec().shape().get(rank - fromLast).intValue();
  }
}
