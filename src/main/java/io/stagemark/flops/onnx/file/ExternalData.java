package io.stagemark.flops.onnx.file;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.stagemark.flops.onnx.value.GraphFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The files next to an ONNX model that hold its tensors. */
public final class ExternalData {
  private final Set<String> locations = new TreeSet<>();

  private ExternalData() {}

  /**
   * Returns the files that the model names and that are there, in alphabetical order. A model that
   * is none names no files: whoever reads it says what is wrong with it.
   *
   * @throws IOException if the model cannot be read
   */
  public static List<Path> files(Path model) throws IOException {
    ExternalData data = new ExternalData();
    try {
      OnnxFile file = OnnxFile.read(model);
      data.graph(file.model().getGraph());
      file.model().getFunctionsList().forEach(function -> data.nodes(function.getNodeList()));
    } catch (GraphFault e) {
      return List.of();
    }
    return data.locations.stream()
        .map(location -> model.resolveSibling(location).normalize())
        .filter(Files::isRegularFile)
        .toList();
  }

  private void graph(GraphProto graph) {
    graph.getInitializerList().forEach(this::tensor);
    graph.getSparseInitializerList().forEach(this::sparse);
    nodes(graph.getNodeList());
  }

  private void nodes(List<NodeProto> nodes) {
    for (NodeProto node : nodes) {
      for (AttributeProto attribute : node.getAttributeList()) {
        tensor(attribute.getT());
        attribute.getTensorsList().forEach(this::tensor);
        sparse(attribute.getSparseTensor());
        attribute.getSparseTensorsList().forEach(this::sparse);
        if (attribute.hasG()) {
          graph(attribute.getG());
        }
        attribute.getGraphsList().forEach(this::graph);
      }
    }
  }

  private void sparse(SparseTensorProto tensor) {
    tensor(tensor.getValues());
    tensor(tensor.getIndices());
  }

  private void tensor(TensorProto tensor) {
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      if (entry.getKey().equals("location") && isPath(entry.getValue())) {
        locations.add(entry.getValue());
      }
    }
  }

  private static boolean isPath(String location) {
    try {
      return !Path.of(location).toString().isEmpty();
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
