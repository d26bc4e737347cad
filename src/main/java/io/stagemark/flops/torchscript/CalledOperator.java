package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of an operator on tensors, as the code does it.
 *
 * @param operator its name, such as {@code conv2d} or {@code relu_}
 * @param where the name that a count gives it, such as {@code layer1/0/conv2d}
 */
public record CalledOperator(String operator, String where) {

  /** Returns whether a tensor, or a list with one in it, is among the arguments. */
  static boolean takesTensor(List<@Nullable Object> arguments) {
    return arguments.stream()
        .anyMatch(
            argument ->
                argument instanceof Value
                    || (argument instanceof List<?> list
                        && list.stream().anyMatch(Value.class::isInstance)));
  }
}
