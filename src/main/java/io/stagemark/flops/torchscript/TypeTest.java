package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.script.Expr;
import io.stagemark.flops.torchscript.value.ScriptObject;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import io.stagemark.flops.torchscript.value.Unknown;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a value is of a type that a script names. */
final class TypeTest {
  private TypeTest() {}

  /** Returns a truth value; {@link Unknown} where the value depends on data. */
  static Object holds(@Nullable Object value, Expr type) {
    return value == Unknown.ANYTHING ? Unknown.BOOL : (Object) isOf(value, type);
  }

  private static boolean isOf(@Nullable Object value, Expr type) {
    if (type instanceof Expr.Tuple any) {
      return any.items().stream().anyMatch(one -> isOf(value, one));
    }
    String name =
        type instanceof Expr.Name plain
            ? plain.name()
            : type instanceof Expr.Subscript of && of.of() instanceof Expr.Name outer
                ? outer.name()
                : "";
    return switch (name) {
      case "Tensor" -> value instanceof Value;
      case "int" -> value instanceof Long || value == Unknown.INT;
      case "float" -> value instanceof Double || value == Unknown.FLOAT;
      case "bool" -> value instanceof Boolean || value == Unknown.BOOL;
      case "str" -> value instanceof String;
      case "NoneType" -> value == null;
      case "List" -> value instanceof List<?>;
      case "Tuple" -> value instanceof ScriptTuple;
      case "Dict" -> value instanceof Map<?, ?>;
      default -> value instanceof ScriptObject;
    };
  }
}
