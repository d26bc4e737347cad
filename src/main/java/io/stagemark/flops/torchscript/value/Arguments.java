package io.stagemark.flops.torchscript.value;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.walk.ShapeTape;
import io.stagemark.flops.torchscript.script.ScriptFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a script gives an operator, by position or by the name in its schema.
 *
 * @param operator the operator's name, such as {@code conv2d}
 * @param where module and operator, for the listing
 * @param positional in order; None is null
 * @param keywords by name
 * @param tape what counts
 */
public record Arguments(
    String operator,
    String where,
    List<@Nullable Object> positional,
    Map<String, @Nullable Object> keywords,
    ShapeTape tape) {

  public int count() {
    return positional.size();
  }

  /** Returns an argument; null for None and for one that is not given. */
  public @Nullable Object get(int index, String name) {
    return index >= 0 && index < positional.size() ? positional.get(index) : keywords.get(name);
  }

  public @Nullable Object get(int index) {
    return get(index, "");
  }

  public boolean isTensor(int index) {
    return get(index) instanceof Value;
  }

  /** Returns whether any of the first two arguments is a tensor. */
  public boolean anyTensor() {
    return isTensor(0) || isTensor(1) || (operator.equals("where") && isTensor(2));
  }

  /** Returns a tensor; a number becomes one without extents. */
  public Value tensor(int index) {
    return value(get(index));
  }

  /** Returns a tensor that may be left out: {@link Value#ABSENT}. */
  public Value optional(int index, String name) {
    Object found = get(index, name);
    return found == null ? Value.ABSENT : value(found);
  }

  public Value value(@Nullable Object found) {
    if (found instanceof Value value) {
      return value;
    }
    if (found instanceof Long whole) {
      return Value.of(OnnxType.INT64, List.of(), Numbers.of(whole));
    }
    if (found instanceof Boolean truth) {
      return Value.of(OnnxType.BOOL, List.of(), Numbers.of(truth ? 1L : 0L));
    }
    if (found instanceof Double real) {
      return Value.of(OnnxType.FLOAT, List.of(), Numbers.of(real));
    }
    if (found instanceof Unknown unknown) {
      return unknown.tensor();
    }
    throw misfit("a tensor", found);
  }

  public long integer(int index, String name, long otherwise) {
    Object found = get(index, name);
    return found == null ? otherwise : whole(found);
  }

  public long integer(int index) {
    return whole(get(index));
  }

  private long whole(@Nullable Object found) {
    if (found instanceof Long whole) {
      return whole;
    }
    if (found instanceof Double real) {
      return real.longValue();
    }
    if (found instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (found instanceof Unknown) {
      throw needsData("a number depends on what a tensor holds");
    }
    if (found instanceof Value value) {
      Numbers known = value.numbers();
      if (known == null) {
        throw needsData("a number depends on what a tensor holds");
      }
      if (known.count() == 1) {
        return known.integer(0);
      }
    }
    throw misfit("a whole number", found);
  }

  public double real(int index, String name, double otherwise) {
    Object found = get(index, name);
    if (found == null) {
      return otherwise;
    }
    if (found instanceof Double real) {
      return real;
    }
    if (found instanceof Value value && value.numbers() != null) {
      return value.known().real(0);
    }
    return (double) whole(found);
  }

  public boolean flag(int index, String name, boolean otherwise) {
    Object found = get(index, name);
    return found == null ? otherwise : whole(found) != 0;
  }

  public String text(int index, String name, String otherwise) {
    return get(index, name) instanceof String found ? found : otherwise;
  }

  /** Returns a list of whole numbers; empty where none is given; a single number is a list. */
  public List<Long> integers(int index, String name) {
    Object found = get(index, name);
    if (found == null) {
      return List.of();
    }
    if (found instanceof ScriptTuple tuple) {
      found = tuple.items();
    }
    if (found instanceof List<?> list) {
      List<Long> result = new ArrayList<>();
      list.forEach(element -> result.add(whole(element)));
      return result;
    }
    return List.of(whole(found));
  }

  /** Returns a list of so many numbers, a single one repeated. */
  public List<Long> integers(int index, String name, int size, long otherwise) {
    List<Long> found = integers(index, name);
    List<Long> result = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      result.add(found.isEmpty() ? Long.valueOf(otherwise) : found.get(found.size() == 1 ? 0 : i));
    }
    return result;
  }

  public List<Value> tensors(int index) {
    Object found = get(index);
    if (found instanceof ScriptTuple tuple) {
      found = tuple.items();
    }
    if (!(found instanceof List<?> list)) {
      throw misfit("a list of tensors", found);
    }
    List<Value> result = new ArrayList<>();
    list.forEach(element -> result.add(value(element)));
    return result;
  }

  /** Returns the items of a list or tuple. */
  public List<@Nullable Object> items(int index) {
    Object found = get(index);
    if (found instanceof ScriptTuple tuple) {
      return tuple.items();
    }
    if (found instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    throw misfit("a list", found);
  }

  /** Returns the same arguments with another tensor in front. */
  public Arguments with(Value first) {
    List<@Nullable Object> changed = new ArrayList<>(positional);
    changed.set(0, first);
    return new Arguments(operator, where, changed, keywords, tape);
  }

  /** Copies a tensor: bytes move, nothing is computed. */
  public Value copied(Value x) {
    Value copy = Value.of(x.type(), x.shape(), x.numbers()).like(x);
    return tape.custom("Copy", where, List.of(x), copy, Operations.NONE);
  }

  /** Applies an ONNX operator with one output. */
  public Value apply(String onnx, List<Value> inputs, Map<String, ?> attributes) {
    return tape.apply(onnx, where, inputs, attributes, 1).get(0);
  }

  public Value apply(String onnx, Value... inputs) {
    return apply(onnx, List.of(inputs), Map.of());
  }

  public ScriptFault misfit(String expected, @Nullable Object found) {
    return new ScriptFault(
        where, "%s where %s needs %s".formatted(ScriptValues.shown(found), operator, expected));
  }

  /** Gives up on an operator whose result depends on what its tensors hold. */
  public UnknownShape needsData(String reason) {
    return new UnknownShape("it needs data: " + reason);
  }

  /** Gives up on a form of an operator that has no rule. */
  public UnknownShape noRule(String form) {
    return new UnknownShape("there is no rule for " + form);
  }
}
