package io.stagemark.flops;

import java.util.List;

/**
 * What a model is given for one input when its operations are counted.
 *
 * @param shape extents, outermost first; empty for a scalar
 * @param fill what every element is: an integer input can decide which branch runs
 * @param stated whether the user gave {@code fill}; a count that follows from a number that the
 *     user did not give is not complete
 */
public record ModelInput(List<Long> shape, double fill, boolean stated) {
  public ModelInput {
    shape = List.copyOf(shape);
    for (long extent : shape) {
      if (extent < 0) {
        throw new IllegalArgumentException("a negative extent in " + shape);
      }
    }
  }

  /**
   * An input whose elements the user did not give: taken for zeros where a shape follows from them.
   */
  public static ModelInput zeros(List<Long> shape) {
    return new ModelInput(shape, 0, false);
  }

  /** An input whose every element is a number that the user gave. */
  public static ModelInput filled(List<Long> shape, double fill) {
    return new ModelInput(shape, fill, true);
  }
}
