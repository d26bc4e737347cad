package io.stagemark.flops;

import java.util.List;

/**
 * What a model is given for one input when its operations are counted.
 *
 * @param shape extents, outermost first; empty for a scalar
 * @param fill what every element is: an integer input can decide which branch runs
 */
public record ModelInput(List<Long> shape, double fill) {
  public ModelInput {
    shape = List.copyOf(shape);
    for (long extent : shape) {
      if (extent < 0) {
        throw new IllegalArgumentException("a negative extent in " + shape);
      }
    }
  }

  /** An input of zeros. */
  public static ModelInput zeros(List<Long> shape) {
    return new ModelInput(shape, 0);
  }
}
