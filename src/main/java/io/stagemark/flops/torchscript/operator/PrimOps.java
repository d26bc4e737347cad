package io.stagemark.flops.torchscript.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.DType;
import io.stagemark.flops.torchscript.value.ScriptRange;
import io.stagemark.flops.torchscript.value.ScriptValues;
import io.stagemark.flops.torchscript.value.Unknown;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What scripts call as ops.prim: questions about tensors, and giving up. */
public final class PrimOps {
  private PrimOps() {}

  static void register(OperatorTable<Operator> ops) {
    ops.put("prim.NumToTensor", a -> a.tensor(0));
    ops.put("prim.dtype", a -> DType.torch(a.tensor(0).type()));
    ops.put("prim.device", a -> "cpu");
    ops.put("prim.shape", a -> Operators.standard("size").apply(a));
    ops.put("prim.layout", a -> 0L);
    ops.put("prim.data", a -> a.tensor(0));
    ops.put("prim.type", a -> a.get(0));
    ops.put("prim.id", a -> 0L);
    ops.put("prim.ndim", a -> (long) a.tensor(0).rank());
    ops.put("prim.itemsize", a -> Math.max(1L, a.tensor(0).type().bits() / 8));
    ops.put("prim.name", a -> null);
    ops.put("prim.grad", a -> null);
    ops.put("prim.index", a -> null);
    List.of("T", "mT", "H", "mH")
        .forEach(name -> ops.put("prim." + name, a -> MoveOps.turned(a.tensor(0), name)));
    ops.put("__range_length", PrimOps::rangeLength);
    ops.put(
        "__derive_index",
        a -> Math.addExact(a.integer(1), Math.multiplyExact(a.integer(0), a.integer(2))));
    ops.put("wait", a -> a.get(0));
    List.of(
            "prim.requires_grad",
            "prim.is_cuda",
            "prim.is_mkldnn",
            "prim.is_quantized",
            "prim.is_sparse_csr",
            "prim.is_mps",
            "prim.is_xpu",
            "prim.is_nested",
            "prim.is_vulkan",
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

  /** __range_length(start, end, step): the iterations of a loop. */
  private static Object rangeLength(Arguments a) {
    if (a.get(0) instanceof Unknown || a.get(1) instanceof Unknown || a.get(2) instanceof Unknown) {
      return Unknown.INT;
    }
    return ScriptRange.between(a.integer(0), a.integer(1), a.integer(2)).count();
  }

  private static Object range(Arguments a) {
    return LongStream.range(0, Math.min(a.integer(0), 1 << 20)).boxed().toList();
  }

  /** Returns what int(x), float(x), bool(x) and str(x) make of a value. */
  public static Object convert(String to, @Nullable Object of) {
    Object value = of instanceof Value tensor ? ScalarOps.number(tensor) : of;
    if (value instanceof Unknown) {
      return switch (to) {
        case "int" -> Unknown.INT;
        case "float" -> Unknown.FLOAT;
        case "bool" -> Unknown.BOOL;
        default -> Unknown.ANYTHING;
      };
    }
    return switch (to) {
      case "int" -> value instanceof Double real ? whole(real) : number(value, true);
      case "float" -> ((Number) number(value, false)).doubleValue();
      case "bool" ->
          value instanceof Boolean known
              ? known
              : ((Number) number(value, false)).doubleValue() != 0;
      default -> ScriptValues.shown(value);
    };
  }

  /** Returns a real number without its fraction. */
  static Object whole(double real) {
    if (!(Math.abs(real) < 0x1p63)) {
      throw new ScriptFault("", "%s as a whole number of 64 bits".formatted(real));
    }
    return (long) real;
  }

  private static Object number(@Nullable Object value, boolean whole) {
    if (value instanceof Boolean known) {
      return known ? 1L : 0L;
    }
    if (value instanceof String text) {
      return parsed(text.strip(), whole);
    }
    if (value instanceof Number number) {
      return number;
    }
    throw new ScriptFault(
        "", "%s where a number was expected".formatted(ScriptValues.shown(value)));
  }

  private static Object parsed(String text, boolean whole) {
    try {
      return switch (text) {
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case "nan" -> Double.NaN;
        default -> whole ? (Object) Long.parseLong(text) : (Object) Double.parseDouble(text);
      };
    } catch (NumberFormatException e) {
      throw new ScriptFault("", "the text '%s' as a number".formatted(ScriptValues.shown(text)));
    }
  }
}
