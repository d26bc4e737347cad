package io.stagemark.flops.onnx.walk;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.stagemark.flops.CountBudget;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.onnx.file.OnnxFile;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Tensors;
import io.stagemark.flops.onnx.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes of a model's main graph with the shapes and small constants of their inputs and
 * outputs: which node computes an output, and from what.
 */
public final class CallTable {
  private final Map<String, Call> makers = new LinkedHashMap<>();
  private List<Value> outputs = List.of();
  private String stopped = "";

  private CallTable() {}

  /**
   * Follows a model by its file alone.
   *
   * @param given shapes of inputs by name, as for a count
   * @throws io.stagemark.flops.onnx.value.GraphFault if it is no valid graph, or does not take such
   *     inputs
   */
  public static CallTable of(OnnxFile file, Map<String, ModelInput> given) {
    GraphProto graph = file.model().getGraph();
    Map<String, Value> inputs = GraphInputs.of(graph, given);
    Path folder = file.path().toAbsolutePath().getParent();
    Tensors tensors = new Tensors(folder == null ? Path.of("") : folder);
    DeclaredShapes declared = new DeclaredShapes(graph, inputs);
    CallTable table = new CallTable();
    GraphWalk walk =
        new GraphWalk(
            file,
            new GraphWalk.WalkResources(tensors, Trace.NONE, CountBudget.perFile(), declared),
            table.new Collector(graph));
    try {
      table.outputs = walk.graph(graph, inputs, null);
    } catch (CountBudget.Spent e) {
      table.stopped = e.reason();
    }
    return table;
  }

  /** Returns the node that computes a value, with its inputs and outputs; empty for an input. */
  public Optional<Call> maker(String value) {
    return Optional.ofNullable(makers.get(value));
  }

  /** Returns the nodes of the main graph that were followed, in their order. */
  public List<Call> calls() {
    return makers.values().stream().distinct().toList();
  }

  /** Returns the graph's outputs in order; none where following it stopped. */
  public List<Value> outputs() {
    return outputs;
  }

  /**
   * Returns why following stopped, such as "stopped after 5,000,000 steps"; empty if it did not.
   */
  public String stopped() {
    return stopped;
  }

  /** Keeps the calls of the main graph's nodes, not those of bodies and functions. */
  private final class Collector implements GraphWalk.Visitor {
    private final Map<String, NodeProto> ofMainGraph = new LinkedHashMap<>();

    Collector(GraphProto graph) {
      graph
          .getNodeList()
          .forEach(node -> node.getOutputList().forEach(name -> ofMainGraph.put(name, node)));
    }

    @Override
    public void visit(Call call, long times) {
      List<String> names = new ArrayList<>(call.node().outputs());
      names.removeAll(Collections.singleton(""));
      for (String name : names) {
        NodeProto node = ofMainGraph.get(name);
        if (node != null && call.node().isOf(node)) {
          makers.putIfAbsent(name, call);
        }
      }
    }

    @Override
    public void ranFor(Node node) {
      // nothing is run here
    }

    @Override
    public void declared(Node node) {
      // where a shape comes from does not matter here
    }
  }
}
