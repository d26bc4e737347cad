package io.stagemark.flops.onnx.value;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One operator of a graph: its names, its attributes and the version of its operator set. */
public final class Node {
  /** The domain that the standard leaves empty. */
  public static final String STANDARD = "ai.onnx";

  private final NodeProto proto;
  private final String domain;
  private final String path;
  private final long opset;
  private final Map<String, AttributeProto> attributes;

  /**
   * @param proto as the file has it
   * @param path unique in the model, such as {@code loop#body/add}
   * @param opset version of the node's domain
   * @param bound attributes of the calling node, for a body of a function
   */
  public Node(NodeProto proto, String path, long opset, Map<String, AttributeProto> bound) {
    this.proto = proto;
    this.domain = normalise(proto.getDomain());
    this.path = path;
    this.opset = opset;
    this.attributes = new HashMap<>();
    for (AttributeProto attribute : proto.getAttributeList()) {
      AttributeProto found =
          attribute.getRefAttrName().isEmpty() ? attribute : bound.get(attribute.getRefAttrName());
      if (found != null) {
        attributes.put(attribute.getName(), found);
      }
    }
  }

  public static String normalise(String domain) {
    return domain.isEmpty() ? STANDARD : domain;
  }

  /** Returns the operator, with its domain where that is not ai.onnx. */
  public String operator() {
    return domain.equals(STANDARD) ? type() : domain + "." + type();
  }

  public String type() {
    return proto.getOpType();
  }

  public String domain() {
    return domain;
  }

  /** Returns the name in the file; may be empty. */
  public String name() {
    return proto.getName();
  }

  public String path() {
    return path;
  }

  public long opset() {
    return opset;
  }

  /** Returns whether it is this node of the file: bodies and functions may repeat its names. */
  @SuppressWarnings("ReferenceEquality") // two nodes of the file may be equal
  public boolean isOf(NodeProto node) {
    return proto == node;
  }

  public List<String> inputs() {
    return proto.getInputList();
  }

  public List<String> outputs() {
    return proto.getOutputList();
  }

  public Map<String, AttributeProto> attributes() {
    return attributes;
  }

  public boolean has(String name) {
    return attributes.containsKey(name);
  }

  public long integer(String name, long otherwise) {
    AttributeProto attribute = attributes.get(name);
    return attribute == null ? otherwise : attribute.getI();
  }

  /** Returns an integer that the operator cannot do without. */
  public long integer(String name) {
    return required(name).getI();
  }

  public boolean flag(String name, boolean otherwise) {
    return integer(name, otherwise ? 1 : 0) != 0;
  }

  public double real(String name, double otherwise) {
    AttributeProto attribute = attributes.get(name);
    return attribute == null ? otherwise : attribute.getF();
  }

  public String text(String name, String otherwise) {
    AttributeProto attribute = attributes.get(name);
    return attribute == null ? otherwise : attribute.getS().toString(StandardCharsets.UTF_8);
  }

  public Optional<List<Long>> integers(String name) {
    return Optional.ofNullable(attributes.get(name)).map(AttributeProto::getIntsList);
  }

  public List<Long> integers(String name, List<Long> otherwise) {
    return integers(name).orElse(otherwise);
  }

  public Optional<TensorProto> tensor(String name) {
    return Optional.ofNullable(attributes.get(name)).map(AttributeProto::getT);
  }

  public Optional<AttributeProto> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  public GraphProto graph(String name) {
    AttributeProto attribute = required(name);
    if (!attribute.hasG()) {
      throw new GraphFault(path, "attribute '" + name + "' is no graph", "a graph", "export again");
    }
    return attribute.getG();
  }

  private AttributeProto required(String name) {
    AttributeProto attribute = attributes.get(name);
    if (attribute == null) {
      throw new GraphFault(
          path,
          "%s without the attribute '%s'".formatted(operator(), name),
          "every required attribute",
          "check the model with onnx.checker, or export it again");
    }
    return attribute;
  }

  @Override
  public String toString() {
    return operator() + " " + path;
  }
}
