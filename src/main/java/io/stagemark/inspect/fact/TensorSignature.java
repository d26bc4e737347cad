package io.stagemark.inspect.fact;

import java.util.List;
import java.util.Optional;

/**
 * An input or output as a file declares it.
 *
 * @param name the model's name for it
 * @param type of its elements, such as {@code float32}; empty where the file states none
 * @param axes outermost first; absent where not even their number is stated
 */
public record TensorSignature(String name, String type, Optional<List<Axis>> axes) {
  public TensorSignature {
    axes = axes.map(List::copyOf);
  }

  /** Returns whether every extent is stated. */
  public boolean isFixed() {
    return axes.isPresent() && axes.get().stream().noneMatch(Axis::isOpen);
  }

  /** Returns whether the elements are integers: indices, ids or sizes. */
  public boolean isInteger() {
    return type.contains("int");
  }
}
