package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What scripts call as ops.prim: questions about tensors, and giving up. */
final class PrimOps {
  private PrimOps() {}

  static void register(Map<String, Operator> ops) {
    ops.put("prim.NumToTensor", a -> a.tensor(0));
    ops.put("prim.dtype", a -> DType.torch(a.tensor(0).type()));
    ops.put("prim.device", a -> "cpu");
    ops.put("prim.shape", a -> Operators.standard("size").apply(a));
    ops.put("prim.layout", a -> 0L);
    ops.put("prim.data", a -> a.tensor(0));
    ops.put("prim.type", a -> a.get(0));
    List.of(
            "prim.requires_grad",
            "prim.is_cuda",
            "prim.is_nested",
            "prim.is_mkldnn",
            "prim.is_quantized",
            "prim.is_sparse",
            "prim.is_meta",
            "prim.is_leaf")
        .forEach(name -> ops.put(name, a -> false));
    ops.put("prim.min", a -> Operators.standard("min").apply(a));
    ops.put("prim.max", a -> Operators.standard("max").apply(a));
    ops.put("prim.abs", a -> Operators.standard("abs").apply(a));
    ops.put("prim.rangelist", PrimOps::range);
    ops.put("prim.unchecked_unwrap_optional", a -> a.get(0));
    ops.put(
        "prim.RaiseException",
        a -> {
          throw new ScriptFault(a.where(), "the model refuses the inputs: " + a.text(0, "msg", ""));
        });
  }

  private static Object range(Arguments a) {
    return LongStream.range(0, Math.min(a.integer(0), 1 << 20)).boxed().toList();
  }

  /** Returns what int(x), float(x), bool(x) and str(x) make of a value. */
  static Object convert(String to, Arguments a) {
    Object value = a.get(0) instanceof Value tensor ? ScalarOps.number(tensor) : a.get(0);
    return switch (to) {
      case "int" -> value instanceof Double real ? (long) (double) real : truth(value);
      case "float" ->
          value instanceof String text
              ? Double.parseDouble(text)
              : ((Number) truth(value)).doubleValue();
      case "bool" ->
          value instanceof Boolean known ? known : ((Number) truth(value)).doubleValue() != 0;
      default -> String.valueOf(value);
    };
  }

  private static Object truth(@Nullable Object value) {
    if (value instanceof Boolean known) {
      return known ? 1L : 0L;
    }
    if (value instanceof String text) {
      return Long.parseLong(text);
    }
    if (value == null) {
      throw new ScriptFault("", "None where a number was expected");
    }
    return value;
  }
}
