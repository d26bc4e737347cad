package io.stagemark.flops.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows a model from its inputs to its outputs with shapes in place of data, and hands each
 * executed node on to be counted. Bodies of control flow and of functions are followed too.
 */
final class GraphWalk {
  /** What takes more steps than this is no network; it would only keep us busy. */
  private static final long MOST_STEPS = 5_000_000;

  private static final int DEEPEST_CALL = 64;

  /** Gets every executed node, with what goes in and out. */
  interface Visitor {
    /**
     * Takes one node.
     *
     * @param times how often the node runs with these shapes
     */
    void visit(Call call, long times);
  }

  private final Map<String, Long> opsets;
  private final Map<String, FunctionProto> functions = new HashMap<>();
  private final IdentityHashMap<GraphProto, GraphPlan> plans = new IdentityHashMap<>();
  private final IdentityHashMap<TensorProto, Value> constants = new IdentityHashMap<>();
  private final Tensors tensors;
  private final Trace trace;
  private final Visitor visitor;
  private final Liveness liveness = new Liveness();
  private final ControlFlow control;
  private Map<String, AttributeProto> bound = Map.of();
  private String prefix = "";
  private long times = 1;
  private long steps;
  private int depth;

  GraphWalk(OnnxFile file, Tensors tensors, Trace trace, Visitor visitor) {
    this.opsets = file.opsets();
    this.tensors = tensors;
    this.trace = trace;
    this.visitor = visitor;
    this.control = new ControlFlow(this, trace);
    for (FunctionProto function : file.model().getFunctionsList()) {
      functions.put(Node.normalise(function.getDomain()) + "." + function.getName(), function);
    }
  }

  Liveness liveness() {
    return liveness;
  }

  /**
   * Follows a graph.
   *
   * @param given the graph's inputs by name; those left out must be initializers
   * @param outer what a body sees of the graph around it
   * @return the graph's outputs in order
   */
  List<Value> graph(GraphProto graph, Map<String, Value> given, @Nullable Scope outer) {
    if (++depth > DEEPEST_CALL) {
      throw new GraphFault(
          prefix, "graphs nested deeper than " + DEEPEST_CALL, "a model", "export it again");
    }
    Scope scope = new Scope(outer);
    for (TensorProto tensor : graph.getInitializerList()) {
      scope.put(tensor.getName(), constant(tensor, tensor.getName(), true));
    }
    graph
        .getSparseInitializerList()
        .forEach(
            sparse ->
                scope.put(
                    sparse.getValues().getName(),
                    Value.of(OnnxType.of(sparse.getValues().getDataType()), sparse.getDimsList())));
    GraphPlan plan = plans.computeIfAbsent(graph, GraphPlan::of);
    Liveness.Frame frame = liveness.enter(plan);
    given.forEach(
        (name, value) -> {
          scope.put(name, value);
          frame.define(name, value.bytes());
        });
    run(plan.nodes(), scope, frame);
    List<Value> outputs = new ArrayList<>();
    graph
        .getOutputList()
        .forEach(output -> outputs.add(scope.get(output.getName(), "output of the graph")));
    frame.leave();
    depth--;
    return outputs;
  }

  /** Returns a constant, read once however often its body runs. */
  Value constant(TensorProto tensor, String name, boolean initializer) {
    Value known = constants.get(tensor);
    if (known == null) {
      known = tensors.read(tensor, name, initializer);
      constants.put(tensor, known);
    }
    return known;
  }

  private void run(List<NodeProto> nodes, Scope scope, Liveness.Frame frame) {
    for (int i = 0; i < nodes.size(); i++) {
      if (++steps > MOST_STEPS) {
        throw new GraphFault(
            prefix,
            "more than %d executed nodes".formatted(MOST_STEPS),
            "fewer",
            "a smaller input");
      }
      NodeProto proto = nodes.get(i);
      String domain = Node.normalise(proto.getDomain());
      String name = proto.getName().isEmpty() ? proto.getOpType() + "_" + i : proto.getName();
      Node node = new Node(proto, prefix + name, opsets.getOrDefault(domain, 1L), bound);
      try {
        execute(node, scope, frame);
      } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
        throw new GraphFault(
            node.path(),
            "%s with attributes and inputs that do not fit: %s"
                .formatted(node.operator(), e.getMessage()),
            "a node that follows its operator's definition",
            "check the model with onnx.checker, or export it again");
      }
      frame.releaseAfter(i);
    }
  }

  private void execute(Node node, Scope scope, Liveness.Frame frame) {
    List<Value> inputs = new ArrayList<>();
    for (String name : node.inputs()) {
      inputs.add(scope.get(name, node.path()));
    }
    Call call = new Call(node, inputs, List.of());
    FunctionProto function = functions.get(node.domain() + "." + node.type());
    List<Value> outputs;
    if (function != null) {
      outputs = function(function, call);
    } else if (ControlFlow.handles(node)) {
      outputs = control.outputs(call, scope);
    } else {
      outputs = seenOr(inferred(call), node);
    }
    // what the node does not name is not written
    List<Value> all =
        new ArrayList<>(outputs.subList(0, Math.min(outputs.size(), node.outputs().size())));
    while (all.size() < node.outputs().size()) {
      all.add(Value.UNKNOWN);
    }
    if (function == null) {
      visitor.visit(call.returning(all), times);
    }
    for (int i = 0; i < node.outputs().size(); i++) {
      String name = node.outputs().get(i);
      scope.put(name, all.get(i));
      if (OperatorRules.isView(node) && !node.inputs().isEmpty()) {
        frame.alias(name, node.inputs().get(0));
      } else if (all.get(i).origin() == null) {
        frame.define(name, all.get(i).bytes());
      }
    }
  }

  private List<Value> inferred(Call call) {
    if (call.node().type().equals("Constant") && call.node().domain().equals(Node.STANDARD)) {
      return List.of(ConstantNode.value(call.node(), this));
    }
    return ShapeRules.infer(call);
  }

  /** A run knows better than inference, but not the elements of constants. */
  private List<Value> seenOr(List<Value> inferred, Node node) {
    Optional<Trace.Seen> seen = trace.next(node);
    if (seen.isEmpty()) {
      return inferred;
    }
    List<Value> outputs = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < node.outputs().size(); i++) {
      Value guess = i < inferred.size() ? inferred.get(i) : Value.UNKNOWN;
      boolean named = !node.outputs().get(i).isEmpty();
      if (named && next < seen.get().outputs().size()) {
        Value found = seen.get().outputs().get(next++);
        boolean same = guess.isKnown() && guess.shape().equals(found.shape());
        outputs.add(same ? guess : found);
      } else {
        outputs.add(guess);
      }
    }
    return outputs;
  }

  private List<Value> function(FunctionProto function, Call call) {
    GraphProto.Builder body = GraphProto.newBuilder().addAllNode(function.getNodeList());
    Map<String, Value> given = new HashMap<>();
    for (int i = 0; i < function.getInputCount(); i++) {
      given.put(
          function.getInput(i), i < call.inputs().size() ? call.inputs().get(i) : Value.ABSENT);
    }
    function.getOutputList().forEach(name -> body.addOutputBuilder().setName(name));
    Map<String, AttributeProto> attributes = new HashMap<>();
    function.getAttributeProtoList().forEach(a -> attributes.put(a.getName(), a));
    attributes.putAll(call.node().attributes());
    Map<String, AttributeProto> outerBound = bound;
    String outerPrefix = prefix;
    bound = Collections.unmodifiableMap(attributes);
    prefix = call.node().path() + "/";
    List<Value> outputs = graph(body.build(), given, null);
    bound = outerBound;
    prefix = outerPrefix;
    return outputs;
  }

  /**
   * Follows a body of control flow.
   *
   * @param repeats how often it runs with these very shapes
   */
  List<Value> body(GraphProto body, List<Value> inputs, Scope scope, long repeats) {
    Map<String, Value> given = new HashMap<>();
    for (int i = 0; i < body.getInputCount() && i < inputs.size(); i++) {
      given.put(body.getInput(i).getName(), inputs.get(i));
    }
    long outerTimes = times;
    times = Math.multiplyExact(times, repeats);
    List<Value> outputs = graph(body, given, scope);
    times = outerTimes;
    return outputs;
  }
}
