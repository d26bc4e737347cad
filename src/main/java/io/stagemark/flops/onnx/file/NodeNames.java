package io.stagemark.flops.onnx.file;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
import java.util.Set;

/** Gives every node of a model, bodies included, a name of its own: a profile has only names. */
public final class NodeNames {
  private final Set<String> taken = new HashSet<>();

  private NodeNames() {}

  /** Returns the model with unique names; its weights are shared, not copied. */
  public static ModelProto unique(ModelProto model) {
    return model.toBuilder().setGraph(new NodeNames().rename(model.getGraph())).build();
  }

  private GraphProto rename(GraphProto graph) {
    GraphProto.Builder renamed = graph.toBuilder();
    for (int i = 0; i < graph.getNodeCount(); i++) {
      renamed.setNode(i, rename(graph.getNode(i), i));
    }
    return renamed.build();
  }

  private NodeProto rename(NodeProto node, int index) {
    NodeProto.Builder renamed = node.toBuilder();
    String wanted = node.getName().isEmpty() ? node.getOpType() + "_" + index : node.getName();
    String name = wanted;
    for (int k = 2; !taken.add(name); k++) {
      name = wanted + "#" + k;
    }
    renamed.setName(name);
    for (int i = 0; i < node.getAttributeCount(); i++) {
      AttributeProto attribute = node.getAttribute(i);
      if (attribute.hasG()) {
        renamed.setAttribute(i, attribute.toBuilder().setG(rename(attribute.getG())));
      }
    }
    return renamed.build();
  }
}
