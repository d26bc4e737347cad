package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.walk.ShapeTape;
import io.stagemark.flops.torchscript.script.ArgumentText;
import io.stagemark.flops.torchscript.script.DeclaredType;
import io.stagemark.flops.torchscript.script.Expr;
import io.stagemark.flops.torchscript.value.Known;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import io.stagemark.flops.torchscript.value.ScriptValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a user gives one argument of forward, by the type that the code declares: {@code
 * 1x3x8x8} for a tensor, {@code 16000} for an int, {@code [1x8, 1x4]} for a list of tensors.
 */
final class ArgumentReader {
  private static final Pattern TENSOR =
      Pattern.compile(
          "(?<shape>(\\d{1,18}(x\\d{1,18})*)?)(:(?<fill>-?\\d[\\d.]*(e-?\\d+)?))?(:(?<type>[a-z]\\w*))?");

  private static final Map<String, OnnxType> TYPES =
      Map.ofEntries(
          Map.entry("float32", OnnxType.FLOAT),
          Map.entry("float16", OnnxType.FLOAT16),
          Map.entry("bfloat16", OnnxType.BFLOAT16),
          Map.entry("float64", OnnxType.DOUBLE),
          Map.entry("int8", OnnxType.INT8),
          Map.entry("uint8", OnnxType.UINT8),
          Map.entry("int16", OnnxType.INT16),
          Map.entry("int32", OnnxType.INT32),
          Map.entry("int64", OnnxType.INT64),
          Map.entry("bool", OnnxType.BOOL));

  private static final int MAX_DEPTH = 20;

  private final ShapeTape tape;
  private final Interpreter classes;
  private long batch;

  ArgumentReader(ShapeTape tape, Interpreter classes) {
    this.tape = tape;
    this.classes = classes;
  }

  /** The text is not of the type. */
  static final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Misfit(String found, String type) {
      super("%s is no %s".formatted(found.isEmpty() ? "nothing" : found, type), null, false, false);
    }
  }

  /** Returns the leading extent of the first tensor that was read; 0 where there was none. */
  long batch() {
    return batch;
  }

  /** Reads a value; throws {@link Misfit}. */
  @Nullable Object read(String text, @Nullable Expr type) {
    return read(text.strip(), type, 0);
  }

  private @Nullable Object read(String text, @Nullable Expr type, int depth) {
    if (depth > MAX_DEPTH) {
      throw new Misfit(text, DeclaredType.text(type));
    }
    if (type instanceof Expr.Subscript generic && generic.of() instanceof Expr.Name outer) {
      return generic(text, type, outer.name(), DeclaredType.items(generic.index()), depth);
    }
    String name = type instanceof Expr.Name plain ? plain.name() : "";
    return switch (name) {
      case "int" -> whole(text);
      case "float" -> real(text, type);
      case "bool" -> truth(text);
      case "str" -> text.matches("\".*\"|'.*'") ? text.substring(1, text.length() - 1) : text;
      case "number", "Scalar" -> number(text, type);
      case "NoneType" -> none(text);
      case "Device", "device" -> "cpu";
      case "Tensor" -> tensor(text);
      default -> type == null ? tensor(text) : named(text, type, depth);
    };
  }

  private @Nullable Object generic(
      String text, Expr type, String outer, List<Expr> items, int depth) {
    switch (outer) {
      case "Optional", "Union" -> {
        return text.equals("None") ? null : either(text, type, items, depth);
      }
      case "List" -> {
        return all(inside(text, "[]", type), items, depth);
      }
      case "Tuple" -> {
        List<String> parts = inside(text, "()", type);
        if (parts.size() != items.size()) {
          throw new Misfit(text, DeclaredType.text(type));
        }
        return ScriptTuple.of(all(parts, items, depth));
      }
      case "Dict" -> {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (String entry : inside(text, "{}", type)) {
          List<String> pair = ArgumentText.split(entry, ':', 2);
          if (pair.size() != 2 || items.size() != 2) {
            throw new Misfit(entry, "key: value of a " + DeclaredType.text(type));
          }
          Object key = ScriptValues.key(read(pair.get(0), items.get(0), depth + 1));
          map.put(key, read(pair.get(1), items.get(1), depth + 1));
        }
        return map;
      }
      default -> throw new Misfit(text, DeclaredType.text(type));
    }
  }

  /** The first of several types that the text is one of. */
  private @Nullable Object either(String text, Expr type, List<Expr> items, int depth) {
    for (Expr one : items) {
      try {
        return read(text, one, depth + 1);
      } catch (Misfit e) {
        // the next may fit
      }
    }
    throw new Misfit(text, DeclaredType.text(type));
  }

  private List<@Nullable Object> all(List<String> parts, List<Expr> types, int depth) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      values.add(read(parts.get(i), types.get(Math.min(i, types.size() - 1)), depth + 1));
    }
    return values;
  }

  private static List<String> inside(String text, String brackets, Expr type) {
    return ArgumentText.inside(text, brackets)
        .orElseThrow(() -> new Misfit(text, DeclaredType.text(type)));
  }

  /** A named tuple of the archive; no other class can be given. */
  private Object named(String text, Expr type, int depth) {
    String name = DeclaredType.text(type);
    if (name.startsWith("__torch__.") && classes.type(name).base().equals("NamedTuple")) {
      Map<String, Expr> fields = classes.type(name).fields();
      List<String> parts = inside(text, "()", type);
      if (parts.size() != fields.size()) {
        throw new Misfit(text, name);
      }
      List<@Nullable Object> values = all(parts, List.copyOf(fields.values()), depth);
      return new ScriptTuple(values, List.copyOf(fields.keySet()));
    }
    throw new Misfit(text, "value of the type " + name + ", which cannot be given here");
  }

  private static @Nullable Object none(String text) {
    if (!text.equals("None")) {
      throw new Misfit(text, "None");
    }
    return null;
  }

  /** An int may have the colon of a fill before it. */
  private static Object whole(String text) {
    try {
      return Long.parseLong(unfilled(text));
    } catch (NumberFormatException e) {
      throw new Misfit(text, "int");
    }
  }

  private static String unfilled(String text) {
    return text.startsWith(":") ? text.substring(1) : text;
  }

  private static Object real(String text, @Nullable Expr type) {
    try {
      return Double.parseDouble(unfilled(text));
    } catch (NumberFormatException e) {
      throw new Misfit(text, DeclaredType.text(type));
    }
  }

  private static Object number(String text, @Nullable Expr type) {
    return unfilled(text).matches("-?\\d{1,18}") ? whole(text) : real(text, type);
  }

  private static Object truth(String text) {
    return switch (unfilled(text)) {
      case "True", "true", "1" -> true;
      case "False", "false", "0" -> false;
      default -> throw new Misfit(text, "bool");
    };
  }

  /** {@code 1x3x8x8}, {@code 1x128:7} for what every element is, {@code 1x128:7:int64}. */
  private Object tensor(String text) {
    Matcher matcher = TENSOR.matcher(text);
    String typeName = matcher.matches() ? matcher.group("type") : null;
    OnnxType type = TYPES.getOrDefault(typeName == null ? "float32" : typeName, OnnxType.UNDEFINED);
    if (!matcher.matches() || type == OnnxType.UNDEFINED) {
      throw new Misfit(text, "Tensor");
    }
    List<Long> shape = new ArrayList<>();
    for (String extent : matcher.group("shape").split("x", -1)) {
      if (!extent.isEmpty()) {
        shape.add(Long.parseLong(extent));
      }
    }
    batch = batch == 0 && !shape.isEmpty() ? shape.get(0) : batch;
    Value input = tape.input(type, shape);
    Optional<Double> fill =
        Optional.ofNullable(matcher.group("fill")).map(number -> fill(number, text));
    return fill.isEmpty() || input.elementCount() > Known.MAX_ELEMENTS
        ? input
        : Known.with(input, filled(input, fill.get()));
  }

  private static double fill(String number, String text) {
    try {
      return Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw new Misfit(text, "Tensor");
    }
  }

  private static Numbers filled(Value input, double fill) {
    return Known.filled(input.elementCount(), fill, input.type().isIntegral());
  }
}
