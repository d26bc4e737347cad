package io.stagemark.flops.onnx.walk;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.stagemark.flops.CountBudget;
import io.stagemark.flops.onnx.file.OnnxFile;
import io.stagemark.flops.onnx.operator.OnnxOperators;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.Tensors;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows a model from its inputs to its outputs with shapes in place of data, and hands each
 * executed node on to be counted. Bodies of control flow and of functions are followed too.
 */
public final class GraphWalk {
  /** Elements of constants that are held at a time, but for the small ones. */
  private static final long NUMBERS_HELD = 1L << 24;

  private static final int SMALL = 256;

  private static final int DEEPEST_CALL = 64;

  /** Gets every executed node, with what goes in and out. */
  interface Visitor {
    /**
     * Takes one node.
     *
     * @param times how often the node runs with these shapes
     */
    void visit(Call call, long times);

    /** Called when a run gave the shapes of a node's outputs: they depend on data. */
    void ranFor(Node node);

    /** Learns that the shapes of a node's outputs are those that the file declares. */
    void declared(Node node);
  }

  private final Map<String, Long> opsets;
  private final Map<String, FunctionProto> functions = new HashMap<>();
  private final IdentityHashMap<FunctionProto, GraphProto> bodies = new IdentityHashMap<>();
  private final IdentityHashMap<GraphProto, GraphPlan> plans = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Value> constants = new IdentityHashMap<>();
  private final Tensors tensors;
  private final Trace trace;
  private final Visitor visitor;
  private final CountBudget budget;
  private final DeclaredShapes declared;
  private final Liveness liveness = new Liveness();
  private final ControlFlow control;
  private Map<String, AttributeProto> bound = Map.of();
  private String prefix = "";
  private long times = 1;
  private long numbers;
  private int depth;

  /**
   * What a walk reads and may take.
   *
   * @param tensors reads the constants
   * @param trace what a run saw
   * @param budget what the walk may take
   * @param declared the shapes that the file declares
   */
  public record WalkResources(
      Tensors tensors, Trace trace, CountBudget budget, DeclaredShapes declared) {}

  public GraphWalk(OnnxFile file, WalkResources resources, Visitor visitor) {
    this.opsets = file.opsets();
    this.tensors = resources.tensors();
    this.trace = resources.trace();
    this.budget = resources.budget();
    this.declared = resources.declared();
    this.visitor = visitor;
    this.control = new ControlFlow(this, trace);
    for (FunctionProto function : file.model().getFunctionsList()) {
      functions.put(Node.normalise(function.getDomain()) + "." + function.getName(), function);
    }
  }

  public Liveness liveness() {
    return liveness;
  }

  /**
   * Follows a graph.
   *
   * @param given the graph's inputs by name; those left out must be initializers
   * @param outer what a body sees of the graph around it
   * @return the graph's outputs in order
   */
  public List<Value> graph(GraphProto graph, Map<String, Value> given, @Nullable Scope outer) {
    if (++depth > DEEPEST_CALL) {
      throw new GraphFault(
          prefix, "graphs nested deeper than " + DEEPEST_CALL, "a model", "export it again");
    }
    budget.take(1 + graph.getInitializerCount() / SMALL);
    Scope scope = new Scope(outer);
    for (TensorProto tensor : graph.getInitializerList()) {
      scope.put(tensor.getName(), constant(tensor, tensor.getName(), true));
    }
    for (SparseTensorProto sparse : graph.getSparseInitializerList()) {
      scope.put(sparse.getValues().getName(), constant(sparse, true));
    }
    GraphPlan plan = plans.computeIfAbsent(graph, GraphPlan::of);
    Liveness.LiveGraph frame = liveness.enter(plan);
    given.forEach(
        (name, value) -> {
          scope.put(name, value);
          frame.define(name, value.bytes());
        });
    long held = numbers;
    run(graph, plan, scope, frame);
    numbers = held;
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
    return constant(tensor, stored -> tensors.read(stored, name, initializer));
  }

  /** Returns a sparse constant: its stored elements are weights like any others. */
  Value constant(SparseTensorProto sparse, boolean initializer) {
    return constant(sparse, stored -> tensors.read(stored, initializer));
  }

  /** Returns what a part of the file holds, read once: the same part is the same constant. */
  <P> Value constant(P part, Function<P, Value> reader) {
    Value known = constants.get(part);
    if (known == null) {
      known = reader.apply(part);
      constants.put(part, known);
    }
    return known;
  }

  private void run(GraphProto graph, GraphPlan plan, Scope scope, Liveness.LiveGraph frame) {
    for (int i = 0; i < plan.nodes().size(); i++) {
      budget.step();
      NodeProto proto = plan.nodes().get(i);
      String domain = Node.normalise(proto.getDomain());
      String path = prefix + plan.names().get(i);
      Node node = new Node(proto, path, opsets.getOrDefault(domain, 1L), bound);
      try {
        execute(graph, node, scope, frame);
      } catch (GraphFault e) {
        throw e.at(node.path());
      } catch (ArithmeticException e) {
        throw new GraphFault(
            node.path(),
            "%s of which some figure is beyond 2^63: %s".formatted(node.operator(), e.getMessage()),
            "a network",
            "check --input, and the trip counts of loops");
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

  private void execute(GraphProto graph, Node node, Scope scope, Liveness.LiveGraph frame) {
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
    } else if (node.type().equals(ControlFlow.FLEX_ATTENTION)) {
      outputs = seenOr(inferred(call), node);
      control.modifiers(call.returning(outputs), scope);
    } else {
      outputs = seenOr(inferred(call), node);
    }
    // what the node does not name is not written
    List<Value> all =
        new ArrayList<>(outputs.subList(0, Math.min(outputs.size(), node.outputs().size())));
    while (all.size() < node.outputs().size()) {
      all.add(Value.UNKNOWN);
    }
    check(node, all);
    boolean control = ControlFlow.handles(node);
    if (control) {
      visitor.visit(call.returning(all), times);
    }
    declare(graph, node, all);
    if (function == null && !control) {
      visitor.visit(call.returning(all), times);
    }
    for (int i = 0; i < node.outputs().size(); i++) {
      String name = node.outputs().get(i);
      scope.put(name, held(all.get(i)));
      if (OnnxOperators.isView(node) && !node.inputs().isEmpty()) {
        frame.alias(name, node.inputs().get(0));
      } else if (all.get(i).origin() == null) {
        frame.define(name, all.get(i).bytes());
      }
    }
  }

  private static void check(Node node, List<Value> outputs) {
    for (Value output : outputs) {
      if (output.isKnown() && output.shape().stream().anyMatch(extent -> extent < 0)) {
        throw new GraphFault(
            node.path(),
            "%s with an output of shape %s".formatted(node.operator(), output.shape()),
            "extents of at least 0",
            "check --input: does the model take inputs of that shape and with those numbers?");
      }
    }
  }

  /** Takes the declared shape where none follows. */
  private void declare(GraphProto graph, Node node, List<Value> outputs) {
    for (int i = 0; i < outputs.size(); i++) {
      String name = node.outputs().get(i);
      Value found = outputs.get(i);
      if (!name.isEmpty() && !found.isKnown() && found.elements() == null) {
        Value value = declared.of(graph, name);
        if (value != null) {
          outputs.set(i, value);
          visitor.declared(node);
        }
      }
    }
  }

  /** Large constants that are computed are not all held at once. */
  private Value held(Value value) {
    Numbers all = value.numbers();
    if (all == null || all.count() <= SMALL) {
      return value;
    }
    numbers += all.count();
    return numbers > NUMBERS_HELD ? value.forgetful() : value;
  }

  private List<Value> inferred(Call call) {
    if (call.node().type().equals("Constant") && call.node().domain().equals(Node.STANDARD)) {
      return List.of(ConstantNode.value(call.node(), this));
    }
    return ConstantUses.passedOn(call, OnnxOperators.infer(call));
  }

  /** Prefers the shapes of a run to inferred ones; elements of constants are inferred alone. */
  private List<Value> seenOr(List<Value> inferred, Node node) {
    Optional<Trace.ExecutedNode> seen = trace.next(node);
    if (seen.isEmpty()) {
      return inferred;
    }
    if (inferred.isEmpty() && OnnxOperators.hasShapes(node)) {
      visitor.ranFor(node);
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
    Map<String, Value> given = new HashMap<>();
    for (int i = 0; i < function.getInputCount(); i++) {
      given.put(
          function.getInput(i), i < call.inputs().size() ? call.inputs().get(i) : Value.ABSENT);
    }
    Map<String, AttributeProto> attributes = new HashMap<>();
    function.getAttributeProtoList().forEach(a -> attributes.put(a.getName(), a));
    attributes.putAll(call.node().attributes());
    Map<String, AttributeProto> outerBound = bound;
    String outerPrefix = prefix;
    bound = Collections.unmodifiableMap(attributes);
    prefix = call.node().path() + "/";
    GraphProto body = bodies.computeIfAbsent(function, GraphWalk::body);
    List<Value> outputs = graph(body, given, null);
    bound = outerBound;
    prefix = outerPrefix;
    return outputs;
  }

  private static GraphProto body(FunctionProto function) {
    GraphProto.Builder body = GraphProto.newBuilder().addAllNode(function.getNodeList());
    function.getOutputList().forEach(name -> body.addOutputBuilder().setName(name));
    return body.build();
  }

  /** Says that a run showed what a node of control flow did. */
  void ranFor(Node node) {
    visitor.ranFor(node);
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
