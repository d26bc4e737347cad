package io.stagemark.flops.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.stagemark.flops.ModelInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The inputs of a graph, with the extents that the user gives where the model leaves them open. */
final class GraphInputs {
  private GraphInputs() {}

  /**
   * Returns each input's value, in the model's order.
   *
   * @throws GraphFault if an extent stays open, does not fit, or a given name is no input
   */
  static Map<String, Value> of(GraphProto graph, Map<String, ModelInput> given) {
    Set<String> initialized = new HashSet<>();
    graph.getInitializerList().forEach(tensor -> initialized.add(tensor.getName()));
    Map<String, Value> inputs = new LinkedHashMap<>();
    for (ValueInfoProto input : graph.getInputList()) {
      if (!initialized.contains(input.getName())) {
        inputs.put(input.getName(), input(input, given.get(input.getName())));
      }
    }
    for (String name : given.keySet()) {
      if (!inputs.containsKey(name)) {
        throw new GraphFault(
            "--input " + name, "no such input", "one of " + inputs.keySet(), "check the name");
      }
    }
    return inputs;
  }

  /** Returns the leading extent of the first input that has one; 1 where none has. */
  static long batch(Map<String, Value> inputs) {
    return inputs.values().stream()
        .filter(value -> value.isKnown() && value.rank() > 0)
        .map(value -> value.shape().get(0))
        .filter(extent -> extent > 0)
        .findFirst()
        .orElse(1L);
  }

  private static Value input(ValueInfoProto input, @Nullable ModelInput given) {
    TypeProto type = input.getType();
    if (!type.hasTensorType()) {
      return Value.UNKNOWN;
    }
    OnnxType element = OnnxType.of(type.getTensorType().getElemType());
    List<Dimension> declared = type.getTensorType().getShape().getDimList();
    if (given == null) {
      return Value.of(element, declared(input.getName(), declared));
    }
    if (type.getTensorType().hasShape()) {
      check(input.getName(), declared, given.shape());
    }
    return Value.of(element, given.shape(), element.isIntegral() ? filled(given) : null);
  }

  /** What an integer input holds can decide shapes and branches. */
  private static @Nullable Numbers filled(ModelInput given) {
    long elements = Shapes.product(given.shape());
    if (elements > Numbers.LIMIT) {
      return null;
    }
    long[] numbers = new long[(int) elements];
    Arrays.fill(numbers, (long) given.fill());
    return Numbers.of(numbers);
  }

  private static List<Long> declared(String name, List<Dimension> declared) {
    List<Long> shape = new ArrayList<>();
    for (Dimension dimension : declared) {
      if (!dimension.hasDimValue() || dimension.getDimValue() < 0) {
        throw new GraphFault(
            "input '" + name + "'",
            "open extents in " + text(declared),
            "every extent told",
            "--input " + name + "=" + example(declared));
      }
      shape.add(dimension.getDimValue());
    }
    return shape;
  }

  private static void check(String name, List<Dimension> declared, List<Long> given) {
    boolean fits = declared.size() == given.size();
    for (int i = 0; fits && i < given.size(); i++) {
      Dimension dimension = declared.get(i);
      boolean open = !dimension.hasDimValue() || dimension.getDimValue() < 0;
      // a fixed batch may be another one: exporters often write 1 where the graph takes any
      fits = open || i == 0 || dimension.getDimValue() == given.get(i);
    }
    if (!fits) {
      throw new GraphFault(
          "input '" + name + "'",
          given.toString(),
          "extents that fit " + text(declared),
          "--input " + name + "=" + example(declared));
    }
  }

  private static String text(List<Dimension> declared) {
    return declared.stream()
        .map(
            d ->
                d.hasDimValue() && d.getDimValue() >= 0
                    ? Long.toString(d.getDimValue())
                    : d.getDimParam().isEmpty() ? "?" : d.getDimParam())
        .toList()
        .toString();
  }

  private static String example(List<Dimension> declared) {
    List<String> extents = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      Dimension d = declared.get(i);
      boolean known = d.hasDimValue() && d.getDimValue() > 0;
      extents.add(known ? Long.toString(d.getDimValue()) : i == 0 ? "1" : "224");
    }
    return String.join("x", extents);
  }
}
