package io.stagemark.inspect.fact;

import java.util.List;
import java.util.stream.Collectors;

/** Shapes as a person reads and types them. */
public final class Shapes {
  private Shapes() {}

  /** Returns such as {@code 1×3×640×640}; {@code scalar} for none. */
  public static String text(List<Long> shape) {
    return shape.isEmpty() ? "scalar" : joined(shape, "×");
  }

  /** Returns such as {@code 1x3x640x640}, as an option takes it. */
  public static String option(List<Long> shape) {
    return joined(shape, "x");
  }

  private static String joined(List<Long> shape, String by) {
    return shape.stream()
        .map(extent -> extent < 0 ? "?" : Long.toString(extent))
        .collect(Collectors.joining(by));
  }
}
