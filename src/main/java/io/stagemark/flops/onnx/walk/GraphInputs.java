package io.stagemark.flops.onnx.walk;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The inputs of a graph, with the extents that the user gives where the model leaves them open. */
public final class GraphInputs {
  private GraphInputs() {}

  /**
   * Returns each input's value, in the model's order.
   *
   * @throws GraphFault if an extent stays open, does not fit, or a given name is no input
   */
  public static Map<String, Value> of(GraphProto graph, Map<String, ModelInput> given) {
    Set<String> initialized = new HashSet<>();
    graph.getInitializerList().forEach(tensor -> initialized.add(tensor.getName()));
    graph
        .getSparseInitializerList()
        .forEach(sparse -> initialized.add(sparse.getValues().getName()));
    Map<String, Value> inputs = new LinkedHashMap<>();
    refuseOpen(graph, initialized, given);
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

  /** Returns the inputs whose elements the user did not give. */
  public static List<String> unstated(GraphProto graph, Map<String, ModelInput> given) {
    return of(graph, given).keySet().stream()
        .filter(
            name -> {
              ModelInput input = given.get(name);
              return input == null || !input.stated();
            })
        .toList();
  }

  /** Returns the leading extent of the first input that has one; 1 where none has. */
  public static long batch(Map<String, Value> inputs) {
    return inputs.values().stream()
        .filter(value -> value.isKnown() && value.rank() > 0)
        .map(value -> value.shape().get(0))
        .filter(extent -> extent > 0)
        .findFirst()
        .orElse(1L);
  }

  private static Value input(ValueInfoProto input, @Nullable ModelInput given) {
    TypeProto type = input.getType();
    if (!type.hasTensorType() && given == null) {
      return Value.UNKNOWN; // a sequence or a map, or an optional one: its length is data
    }
    OnnxType element = OnnxType.of(type.getTensorType().getElemType());
    List<Dimension> declared = type.getTensorType().getShape().getDimList();
    if (given == null) {
      return Value.of(element, declared.stream().map(Dimension::getDimValue).toList());
    }
    if (type.getTensorType().hasShape()) {
      check(input.getName(), declared, given.shape());
    }
    boolean known = element.isIntegral() && given.stated();
    return Value.of(element, given.shape(), known ? filled(given) : null);
  }

  /** Refuses inputs with open extents that the user did not give, all of them at once. */
  private static void refuseOpen(
      GraphProto graph, Set<String> initialized, Map<String, ModelInput> given) {
    List<String> names = new ArrayList<>();
    List<String> found = new ArrayList<>();
    List<String> options = new ArrayList<>();
    for (ValueInfoProto input : graph.getInputList()) {
      String name = input.getName();
      TypeProto type = input.getType();
      if (initialized.contains(name) || given.containsKey(name) || !needsShape(type)) {
        continue;
      }
      TypeProto.Tensor tensor = type.getTensorType();
      List<Dimension> declared = tensor.getShape().getDimList();
      if (!tensor.hasShape()) {
        found.add("no shape");
      } else if (declared.stream().anyMatch(GraphInputs::isOpen)) {
        found.add("open extents in " + text(declared));
      } else {
        continue;
      }
      names.add("'" + name + "'");
      options.add("--input %s=%s".formatted(name, example(tensor.hasShape(), declared)));
    }
    if (!names.isEmpty()) {
      throw new GraphFault(
          "input " + String.join(", ", names),
          found.stream().distinct().collect(Collectors.joining(", ")),
          "every extent given",
          String.join(" ", options));
    }
  }

  private static boolean needsShape(TypeProto type) {
    return type.hasTensorType() || type.getValueCase() == TypeProto.ValueCase.VALUE_NOT_SET;
  }

  private static boolean isOpen(Dimension dimension) {
    return !dimension.hasDimValue() || dimension.getDimValue() < 0;
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
          "--input " + name + "=" + example(true, declared));
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

  private static String example(boolean ranked, List<Dimension> declared) {
    if (!ranked) {
      return "...";
    }
    List<String> extents = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      Dimension d = declared.get(i);
      boolean known = d.hasDimValue() && d.getDimValue() > 0;
      extents.add(known ? Long.toString(d.getDimValue()) : i == 0 ? "1" : "224");
    }
    return String.join("x", extents);
  }
}
