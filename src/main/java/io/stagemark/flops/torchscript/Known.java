package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.Numbers;
import io.stagemark.flops.onnx.Value;
import java.util.List;

/** Elements of small tensors that a script computes sizes with. */
final class Known {
  private Known() {}

  /**
   * Returns row {@code index} along {@code at}; with its number, if x is a known list of numbers.
   */
  static Value select(Value x, int at, long index, List<Long> shape) {
    Numbers numbers = x.numbers();
    Value row = x.viewedAs(shape).forgetful();
    if (numbers == null || x.rank() != 1 || at != 0) {
      return row;
    }
    int i = (int) (index < 0 ? index + numbers.count() : index);
    if (i < 0 || i >= numbers.count()) {
      throw new ScriptFault("select", "index %d of %d".formatted(index, numbers.count()));
    }
    return Value.of(
        x.type(),
        shape,
        numbers.integral() ? Numbers.of(numbers.integer(i)) : Numbers.of(numbers.real(i)));
  }
}
