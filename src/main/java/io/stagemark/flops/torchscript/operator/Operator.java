package io.stagemark.flops.torchscript.operator;

import io.stagemark.flops.torchscript.value.Arguments;
import org.jspecify.annotations.Nullable;

/** What one aten or prim operator does to shapes. */
@FunctionalInterface
public interface Operator {

  /** Returns the result: a tensor, number, list, tuple, string or None (null). */
  @Nullable Object apply(Arguments arguments);
}
