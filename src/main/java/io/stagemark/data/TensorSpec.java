package io.stagemark.data;

import java.util.List;

/**
 * What a tensor is called, what it holds and how large it is.
 *
 * @param name the model's name for this input or output
 * @param type element type
 * @param shape extents, outermost first, row-major; {@link #DYNAMIC} where the extent depends on
 *     the data and is known only after a forward
 */
public record TensorSpec(String name, ElementType type, List<Long> shape) {
  /** An extent that is known only after a forward. */
  public static final long DYNAMIC = -1;

  public TensorSpec {
    shape = List.copyOf(shape);
    for (long extent : shape) {
      if (extent < DYNAMIC) {
        throw new IllegalArgumentException(
            "tensor '%s' has a negative extent in %s".formatted(name, shape));
      }
    }
  }

  /** Returns whether every extent is known. */
  public boolean isStatic() {
    return !shape.contains(DYNAMIC);
  }

  /**
   * Returns the number of elements.
   *
   * @throws IllegalStateException if an extent is dynamic
   * @throws ArithmeticException if the product does not fit a long
   */
  public long elements() {
    if (!isStatic()) {
      throw new IllegalStateException(
          "tensor '%s' of shape %s has a dynamic extent".formatted(name, shape));
    }
    long product = 1; // a loop: an engine that makes tensors in each forward asks each time
    for (long extent : shape) {
      product = Math.multiplyExact(product, extent);
    }
    return product;
  }

  /** Returns the size in bytes; throws as {@link #elements} does. */
  public long byteSize() {
    return Math.multiplyExact(elements(), type.bytes());
  }

  /** Returns such as {@code images float32[1, 3, 512, 512]}. */
  @Override
  public String toString() {
    return name + " " + type.text() + shape.toString().replace("-1", "?");
  }
}
