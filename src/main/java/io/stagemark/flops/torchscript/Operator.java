package io.stagemark.flops.torchscript;

import org.jspecify.annotations.Nullable;

/** What one aten or prim operator does to shapes. */
@FunctionalInterface
interface Operator {

  /** Returns the result: a tensor, number, list, tuple, string or None (null). */
  @Nullable Object apply(Arguments arguments);
}
