package io.stagemark.flops.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.flops.OperationCount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the operations of an ONNX model by its file alone; nothing is run. */
public final class OnnxFlops {
  private OnnxFlops() {}

  /**
   * Counts one forward.
   *
   * @param onnxModel the file; external data must lie in its folder
   * @param inputShapes extents of inputs by name; an input that is not named has the shape that the
   *     model declares
   * @return the count, for the whole batch
   * @throws BadInputException if the file is no valid model, an input has an open extent that
   *     {@code inputShapes} does not fill, or a shape does not fit the model
   */
  public static OperationCount count(Path onnxModel, Map<String, List<Long>> inputShapes)
      throws BadInputException {
    try {
      OnnxFile file = OnnxFile.read(onnxModel);
      return count(file, inputShapes, Trace.NONE);
    } catch (GraphFault e) {
      throw e.in(onnxModel.toString());
    } catch (ArithmeticException e) {
      throw new GraphFault("", "extents whose product exceeds 2^63", "a network", "check --input")
          .in(onnxModel.toString());
    } catch (IOException | UncheckedIOException e) {
      throw new BadInputException(
          new Problem(
              onnxModel.toString(),
              "cannot be read: " + e.getMessage(),
              "a readable file",
              "check the path and its permissions"));
    }
  }

  static OperationCount count(OnnxFile file, Map<String, List<Long>> shapes, Trace trace) {
    GraphProto graph = file.model().getGraph();
    Map<String, Value> inputs = inputs(graph, shapes);
    Path folder = file.path().toAbsolutePath().getParent();
    Tensors tensors = new Tensors(folder == null ? Path.of("") : folder);
    CountingVisitor counting = new CountingVisitor();
    GraphWalk walk = new GraphWalk(file, tensors, trace, counting);
    walk.graph(graph, inputs, null);
    return counting.result(batch(inputs), walk.liveness().peak(), tensors.initializers());
  }

  /** The leading extent of the first input that has one. */
  private static long batch(Map<String, Value> inputs) {
    return inputs.values().stream()
        .filter(value -> value.isKnown() && value.rank() > 0)
        .map(value -> value.shape().get(0))
        .filter(extent -> extent > 0)
        .findFirst()
        .orElse(1L);
  }

  private static Map<String, Value> inputs(GraphProto graph, Map<String, List<Long>> shapes) {
    Set<String> initialized = new HashSet<>();
    graph.getInitializerList().forEach(tensor -> initialized.add(tensor.getName()));
    Map<String, Value> inputs = new LinkedHashMap<>();
    for (ValueInfoProto input : graph.getInputList()) {
      if (!initialized.contains(input.getName())) {
        inputs.put(input.getName(), input(input, shapes.get(input.getName())));
      }
    }
    for (String name : shapes.keySet()) {
      if (!inputs.containsKey(name)) {
        throw new GraphFault(
            "--input " + name, "no such input", "one of " + inputs.keySet(), "check the name");
      }
    }
    return inputs;
  }

  private static Value input(ValueInfoProto input, @Nullable List<Long> given) {
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
      check(input.getName(), declared, given);
    }
    return Value.of(element, given);
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
      fits = given.get(i) >= 0 && (open || i == 0 || dimension.getDimValue() == given.get(i));
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
        .map(d -> d.hasDimValue() ? Long.toString(d.getDimValue()) : "?" + d.getDimParam())
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
