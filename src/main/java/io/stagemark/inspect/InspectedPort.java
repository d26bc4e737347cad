package io.stagemark.inspect;

import java.util.List;

/**
 * An input or output as a run has it.
 *
 * @param name the model's name for it
 * @param type of its elements, such as {@code float32}
 * @param shape extents, outermost first; −1 where an extent depends on the data
 * @param batched whether the first extent is the batch, which is free
 */
public record InspectedPort(String name, String type, List<Long> shape, boolean batched) {
  public InspectedPort {
    shape = List.copyOf(shape);
  }
}
