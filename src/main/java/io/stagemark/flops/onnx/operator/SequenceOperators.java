package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.OnnxOperator.join;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;
import static io.stagemark.flops.onnx.operator.OnnxOperator.unshaped;
import static io.stagemark.flops.onnx.operator.OnnxOperator.view;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Sequences, optional values, control flow and strings. */
final class SequenceOperators {
  private SequenceOperators() {}

  static List<OnnxOperator> all() {
    return join(sequences(), optionals(), control(), strings());
  }

  private static List<OnnxOperator> sequences() {
    return List.of(
        view("SequenceConstruct", call -> List.of(Value.sequence(call.inputs()))),
        view("SequenceEmpty", call -> List.of(Value.sequence(List.of()))),
        view("SequenceInsert", SequenceOperators::insert),
        view("SequenceErase", SequenceOperators::erase),
        view("SequenceAt", call -> List.of(elements(call).get(position(call, 1)))),
        view("SequenceLength", call -> number(OnnxType.INT64, elements(call).size())),
        standard("SplitToSequence", SequenceOperators::split, CostRule.NOTHING),
        standard("ConcatFromSequence", SequenceOperators::concat, CostRule.NOTHING));
  }

  private static List<OnnxOperator> optionals() {
    return List.of(
        view("Optional", call -> List.of(call.in(0))),
        view("OptionalGetElement", call -> List.of(call.in(0))),
        view("OptionalHasElement", call -> number(OnnxType.BOOL, call.has(0) ? 1 : 0)));
  }

  private static List<OnnxOperator> control() {
    return Stream.of("If", "Loop", "Scan", "SequenceMap")
        .map(type -> unshaped(Node.STANDARD, type, SequenceOperators::bodies))
        .toList();
  }

  /** Strings, and files of images: no arithmetic that a count covers. */
  private static List<OnnxOperator> strings() {
    return Stream.of(
            "ImageDecoder",
            "RegexFullMatch",
            "StringConcat",
            "StringNormalizer",
            "StringSplit",
            "TfIdfVectorizer")
        .map(type -> unshaped(Node.STANDARD, type, CostRule.NOTHING))
        .toList();
  }

  /** The bodies were counted node by node; without outputs it is unknown which one ran. */
  private static Cost bodies(Call call) {
    if (call.outputs().contains(Value.UNKNOWN)) {
      throw new UnknownShape("the executed branch or iterations");
    }
    return Cost.NOTHING;
  }

  private static List<Value> number(OnnxType type, long value) {
    return List.of(Value.of(type, List.of(), Numbers.of(value)));
  }

  private static List<Value> elements(Call call) {
    List<Value> elements = call.in(0).elements();
    if (elements == null) {
      throw new UnknownShape("a sequence that only a run knows");
    }
    return elements;
  }

  private static int position(Call call, int input) {
    long index = call.in(input).known().integer(0);
    int size = elements(call).size();
    return Math.toIntExact(index < 0 ? index + size : index);
  }

  private static List<Value> insert(Call call) {
    List<Value> elements = new ArrayList<>(elements(call));
    elements.add(call.has(2) ? position(call, 2) : elements.size(), call.in(1));
    return List.of(Value.sequence(elements));
  }

  private static List<Value> erase(Call call) {
    List<Value> elements = new ArrayList<>(elements(call));
    elements.remove(call.has(1) ? position(call, 1) : elements.size() - 1);
    return List.of(Value.sequence(elements));
  }

  private static List<Value> split(Call call) {
    Value x = call.in(0);
    int axis = call.axis(0);
    List<Long> parts = new ArrayList<>();
    if (!call.has(1)) {
      for (long i = 0; i < bounded(x.extent(axis)); i++) {
        parts.add(1L);
      }
    } else if (call.in(1).rank() == 0) {
      long size = Math.max(1, call.in(1).known().integer(0));
      bounded(x.extent(axis) / size);
      for (long done = 0; done < x.extent(axis); done += size) {
        parts.add(Math.min(size, x.extent(axis) - done));
      }
    } else {
      parts.addAll(Shapes.of(call.in(1).integers()));
    }
    boolean squeeze = !call.has(1) && !call.node().flag("keepdims", true);
    List<Value> elements = new ArrayList<>();
    for (long part : parts) {
      List<Long> shape = new ArrayList<>(Shapes.with(x.shape(), axis, part));
      if (squeeze) {
        shape.remove(axis);
      }
      elements.add(Value.of(x.type(), shape));
    }
    return List.of(Value.sequence(elements));
  }

  private static long bounded(long parts) {
    if (parts > Numbers.LIMIT) {
      throw new UnknownShape("a sequence of more than %d tensors".formatted(Numbers.LIMIT));
    }
    return parts;
  }

  private static List<Value> concat(Call call) {
    List<Value> elements = elements(call);
    Value first = elements.get(0);
    boolean stack = call.node().flag("new_axis", false);
    long asked = call.node().integer("axis");
    int axis = Shapes.axis(asked, first.rank() + (stack ? 1 : 0));
    List<Long> shape = new ArrayList<>(first.shape());
    if (stack) {
      shape.add(axis, (long) elements.size());
    } else {
      shape.set(axis, elements.stream().mapToLong(e -> e.extent(axis)).sum());
    }
    return List.of(Value.of(first.type(), shape));
  }
}
