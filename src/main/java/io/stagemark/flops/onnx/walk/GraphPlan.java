package io.stagemark.flops.onnx.walk;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.stagemark.flops.onnx.value.GraphFault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The nodes of a graph in an order in which each comes after what it reads.
 *
 * @param nodes in that order
 * @param names one for each node, each once in the graph: a name is a free label, and may be
 *     missing
 * @param lastUse by name of a value: the index in {@code nodes} of its last reader; outputs of the
 *     graph are read at the end
 */
record GraphPlan(List<NodeProto> nodes, List<String> names, Map<String, Integer> lastUse) {

  /**
   * Sorts a graph. The order of the file is kept where it is valid.
   *
   * @throws GraphFault if the graph has a cycle or two nodes make the same value
   */
  static GraphPlan of(GraphProto graph) {
    List<NodeProto> nodes = sorted(graph.getNodeList());
    Map<String, Integer> lastUse = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String read : reads(nodes.get(i))) {
        lastUse.put(read, i);
      }
    }
    graph.getOutputList().forEach(output -> lastUse.put(output.getName(), nodes.size()));
    return new GraphPlan(nodes, names(nodes), lastUse);
  }

  private static List<String> names(List<NodeProto> nodes) {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      NodeProto node = nodes.get(i);
      String wanted = node.getName().isEmpty() ? node.getOpType() + "_" + i : node.getName();
      names.add(taken.add(wanted) ? wanted : unused(wanted + "#" + i, taken));
    }
    return names;
  }

  private static String unused(String wanted, Set<String> taken) {
    String name = wanted;
    while (!taken.add(name)) {
      name += "'";
    }
    return name;
  }

  private static List<NodeProto> sorted(List<NodeProto> nodes) {
    Map<String, Integer> maker = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).getOutputList()) {
        if (!output.isEmpty() && maker.put(output, i) != null) {
          throw new GraphFault(
              nodes.get(i).getName(),
              "makes '%s', which another node makes too".formatted(output),
              "one maker for each value",
              "check the model with onnx.checker, or export it again");
        }
      }
    }
    List<List<Integer>> readers = new ArrayList<>();
    int[] waiting = new int[nodes.size()];
    nodes.forEach(node -> readers.add(new ArrayList<>()));
    boolean inOrder = true;
    for (int i = 0; i < nodes.size(); i++) {
      for (String read : reads(nodes.get(i))) {
        Integer from = maker.get(read);
        if (from != null) {
          readers.get(from).add(i);
          waiting[i]++;
          inOrder &= from < i;
        }
      }
    }
    return inOrder ? nodes : kahn(nodes, readers, waiting);
  }

  /** Kahn (1962), Topological sorting of large networks, CACM 5(11). */
  private static List<NodeProto> kahn(
      List<NodeProto> nodes, List<List<Integer>> readers, int[] waiting) {
    ArrayDeque<Integer> ready = new ArrayDeque<>();
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    List<NodeProto> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      int node = ready.remove();
      order.add(nodes.get(node));
      for (int reader : readers.get(node)) {
        if (--waiting[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    if (order.size() < nodes.size()) {
      Set<NodeProto> done = new HashSet<>(order);
      NodeProto stuck =
          nodes.stream().filter(node -> !done.contains(node)).findFirst().orElseThrow();
      throw new GraphFault(
          stuck.getName(),
          "a cycle: %s waits for its own output".formatted(stuck.getOpType()),
          "an acyclic graph",
          "check the model with onnx.checker, or export it again");
    }
    return order;
  }

  /** Returns the names that a node reads, its bodies' references to the graph around included. */
  static Set<String> reads(NodeProto node) {
    Set<String> reads = new HashSet<>(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        reads.addAll(free(attribute.getG()));
      }
      attribute.getGraphsList().forEach(graph -> reads.addAll(free(graph)));
    }
    reads.remove("");
    return reads;
  }

  private static Set<String> free(GraphProto graph) {
    Set<String> free = new HashSet<>();
    graph.getNodeList().forEach(node -> free.addAll(reads(node)));
    graph.getOutputList().forEach(output -> free.add(output.getName()));
    graph.getNodeList().forEach(node -> free.removeAll(node.getOutputList()));
    graph.getInputList().forEach(input -> free.remove(input.getName()));
    graph.getInitializerList().forEach(tensor -> free.remove(tensor.getName()));
    graph.getSparseInitializerList().forEach(sparse -> free.remove(sparse.getValues().getName()));
    return free;
  }
}
