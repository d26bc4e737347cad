package io.stagemark.inspect.file;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.onnx.file.OnnxFile;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.walk.CallTable;
import io.stagemark.inspect.fact.Axis;
import io.stagemark.inspect.fact.GraphTrace;
import io.stagemark.inspect.fact.OutputSignature;
import io.stagemark.inspect.fact.TensorSignature;
import io.stagemark.inspect.metadata.ExportMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** An ONNX file. */
final class OnnxSource implements ModelSource {
  private final Path path;
  private final OnnxFile file;
  private final Declared declared;

  private OnnxSource(Path path, OnnxFile file) throws BadInputException {
    this.path = path;
    this.file = file;
    ModelProto model = file.model();
    Map<String, String> properties = new LinkedHashMap<>();
    model.getMetadataPropsList().forEach(entry -> properties.put(entry.getKey(), entry.getValue()));
    Long opset = file.opsets().get(Node.STANDARD);
    declared =
        new Declared(
            "onnx",
            opset == null ? OptionalLong.empty() : OptionalLong.of(opset),
            OptionalLong.of(model.getIrVersion()),
            (model.getProducerName() + " " + model.getProducerVersion()).strip(),
            ExportMetadata.of(properties, path.toString()),
            inputs(model.getGraph()),
            model.getGraph().getOutputList().stream().map(OnnxSource::signature).toList());
  }

  static ModelSource open(Path path) throws BadInputException {
    return guarded(path, () -> OnnxFile.read(path), file -> new OnnxSource(path, file));
  }

  /** Reads an untrusted model. */
  private interface ModelReader<T> {
    T read() throws IOException;
  }

  /** Makes something of what was read. */
  private interface ModelStep<T, R> {
    R make(T from) throws BadInputException;
  }

  private static <T, R> R guarded(Path path, ModelReader<T> reader, ModelStep<T, R> step)
      throws BadInputException {
    try {
      return step.make(reader.read());
    } catch (GraphFault e) {
      throw e.in(path.toString());
    } catch (ArithmeticException e) {
      throw ModelFiles.problem(
          path, "extents whose product exceeds 2^63", "a network", "check the shapes of --shape");
    } catch (StackOverflowError e) {
      throw ModelFiles.problem(path, "graphs nested too deep", "a network", "export it again");
    } catch (IOException | UncheckedIOException e) {
      throw ModelFiles.problem(
          path,
          "cannot be read: " + e.getMessage(),
          "a readable file",
          "check the path and its permissions");
    }
  }

  private static List<TensorSignature> inputs(GraphProto graph) {
    Set<String> initialized = new HashSet<>();
    graph.getInitializerList().forEach(tensor -> initialized.add(tensor.getName()));
    graph
        .getSparseInitializerList()
        .forEach(sparse -> initialized.add(sparse.getValues().getName()));
    return graph.getInputList().stream()
        .filter(input -> !initialized.contains(input.getName()))
        .map(OnnxSource::signature)
        .toList();
  }

  private static TensorSignature signature(ValueInfoProto info) {
    TypeProto.Tensor tensor = info.getType().getTensorType();
    Optional<List<Axis>> axes =
        info.getType().hasTensorType() && tensor.hasShape()
            ? Optional.of(tensor.getShape().getDimList().stream().map(OnnxSource::axis).toList())
            : Optional.empty();
    String type =
        info.getType().hasSequenceType()
            ? "sequence"
            : info.getType().hasMapType() ? "map" : OnnxType.of(tensor.getElemType()).text();
    return new TensorSignature(info.getName(), type, axes);
  }

  private static Axis axis(Dimension dimension) {
    return dimension.hasDimValue() && dimension.getDimValue() > 0
        ? Axis.of(dimension.getDimValue())
        : Axis.open(dimension.getDimParam());
  }

  @Override
  public Declared declared() {
    return declared;
  }

  @Override
  public GraphTrace trace(Map<String, List<Long>> shapes) throws BadInputException {
    Map<String, ModelInput> given = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> given.put(name, ModelInput.zeros(shape)));
    return guarded(path, () -> CallTable.of(file, given), table -> trace(table, first(shapes)));
  }

  /** An image has four axes; inputs in front of it give its size or scale. */
  private static Optional<String> first(Map<String, List<Long>> shapes) {
    return shapes.keySet().stream()
        .filter(name -> shapes.getOrDefault(name, List.of()).size() == 4)
        .findFirst()
        .or(() -> shapes.keySet().stream().findFirst());
  }

  private GraphTrace trace(CallTable table, Optional<String> input) {
    OutputOrigin origin = new OutputOrigin(table);
    List<OutputSignature> outputs = new ArrayList<>();
    for (int i = 0; i < declared.outputs().size(); i++) {
      Value followed = i < table.outputs().size() ? table.outputs().get(i) : Value.UNKNOWN;
      outputs.add(output(declared.outputs().get(i), followed, origin));
    }
    Map<String, Integer> operators = new HashMap<>();
    count(file.model().getGraph().getNodeList(), operators);
    file.model().getFunctionsList().forEach(each -> count(each.getNodeList(), operators));
    List<String> steps = input.map(name -> new FirstSteps(table).of(name)).orElse(List.of());
    List<String> notes =
        table.stopped().isEmpty()
            ? List.of()
            : List.of("the graph was not followed to its end: " + table.stopped());
    Map<String, Long> rows =
        new EmbeddingRows(table).of(declared.inputs().stream().map(TensorSignature::name).toList());
    return new GraphTrace(outputs, operators, steps, rows, notes);
  }

  /** Suppression is often in the branch of an If. */
  private static void count(List<NodeProto> nodes, Map<String, Integer> operators) {
    for (NodeProto node : nodes) {
      operators.merge(node.getOpType(), 1, Integer::sum);
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          count(attribute.getG().getNodeList(), operators);
        }
        attribute.getGraphsList().forEach(graph -> count(graph.getNodeList(), operators));
      }
    }
  }

  private static OutputSignature output(
      TensorSignature stated, Value followed, OutputOrigin origin) {
    boolean known = followed.isKnown();
    List<Long> shape =
        known
            ? followed.shape()
            : stated.axes().orElse(List.of()).stream().map(Axis::size).toList();
    return new OutputSignature(
        stated.name(),
        known && stated.type().isEmpty() ? followed.type().text() : stated.type(),
        known || stated.axes().isPresent(),
        shape,
        origin.tail(stated.name()),
        origin.parts(stated.name()));
  }
}
