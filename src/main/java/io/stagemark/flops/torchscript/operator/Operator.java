package io.stagemark.flops.torchscript.operator;

import io.stagemark.flops.torchscript.value.Arguments;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one aten or prim operator does to shapes. */
@FunctionalInterface
public interface Operator {

  /**
   * Returns the result: a tensor, number, list, tuple, string or None (null).
   *
   * @throws io.stagemark.flops.onnx.value.UnknownShape if it cannot have these arguments, or if the
   *     result is known only after a run
   */
  @Nullable Object apply(Arguments arguments);

  /** Returns an operator whose arguments are checked first. */
  static Operator checked(Consumer<Arguments> check, Operator operator) {
    return a -> {
      check.accept(a);
      return operator.apply(a);
    };
  }
}
