package io.stagemark.inspect.fact;

import java.util.List;

/**
 * An output for inputs of given shapes, and the operators that make it.
 *
 * @param name the model's name for it
 * @param type of its elements; empty where it is not known
 * @param ranked whether the number of axes is known; else {@code shape} is empty
 * @param shape extents, outermost first; −1 where an extent depends on the data
 * @param tail the operators that compute it, the last first, without those that only move or
 *     convert elements (Identity, Cast, Reshape, Transpose, …); at most six
 * @param parts what a Concat that ends the output joins, in order; else empty
 */
public record OutputSignature(
    String name,
    String type,
    boolean ranked,
    List<Long> shape,
    List<String> tail,
    List<OutputPart> parts) {
  public OutputSignature {
    shape = List.copyOf(shape);
    tail = List.copyOf(tail);
    parts = List.copyOf(parts);
  }

  /** Returns the number of axes; −1 where it is not known. */
  public int rank() {
    return ranked ? shape.size() : -1;
  }

  /** Returns an extent, counted from the end for a negative index; −1 where it is not known. */
  public long extent(int axis) {
    int index = axis < 0 ? shape.size() + axis : axis;
    return index >= 0 && index < shape.size() ? shape.get(index) : -1;
  }

  /** Returns the operator that computes it last; empty where it is not known. */
  public String operator() {
    return tail.isEmpty() ? "" : tail.get(0);
  }

  /** Returns whether one of these operators computes it last. */
  public boolean endsIn(String... operators) {
    return List.of(operators).contains(operator());
  }

  /** Returns whether the elements are floating-point numbers, or not known. */
  public boolean isFloat() {
    return type.isEmpty() || type.contains("float");
  }

  /** Returns such as {@code 1×84×8400}, with a question mark for what depends on the data. */
  public String shapeText() {
    return ranked ? Shapes.text(shape) : "?";
  }
}
