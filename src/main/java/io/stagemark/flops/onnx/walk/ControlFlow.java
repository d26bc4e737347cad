package io.stagemark.flops.onnx.walk;

import ai.onnx.proto.OnnxMl.GraphProto;
import io.stagemark.flops.onnx.operator.AttentionExtents;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * If, Loop, Scan and SequenceMap: the branch that runs, the iterations that run.
 *
 * <p>A condition or trip count is taken from a constant or else from the trace of a run; where
 * neither has it, the outputs are unknown and the node stays uncounted.
 */
public final class ControlFlow {
  /** Up to so many iterations are followed one by one; more must leave the shapes as they are. */
  private static final long FOLLOWED = 256;

  /** Iterations of the whole file that are followed one by one: loops in loops multiply. */
  private static final long FOLLOWED_IN_ALL = 10_000;

  /** Attention with two bodies, which see its scores and its probabilities. */
  static final String FLEX_ATTENTION = "FlexAttention";

  public static final Set<String> OPERATORS = Set.of("If", "Loop", "Scan", "SequenceMap");

  /** What a body sees as its condition: that it runs means that it holds. */
  private static final Value HOLDS = Value.of(OnnxType.BOOL, List.of(), Numbers.of(1L));

  private final GraphWalk walk;
  private final Trace trace;
  private long followed;

  ControlFlow(GraphWalk walk, Trace trace) {
    this.walk = walk;
    this.trace = trace;
  }

  static boolean handles(Node node) {
    return node.domain().equals(Node.STANDARD) && OPERATORS.contains(node.type());
  }

  /** Returns the node's outputs; empty where it is not known what ran. */
  List<Value> outputs(Call call, Scope scope) {
    try {
      return switch (call.node().type()) {
        case "If" -> branch(call, scope);
        case "Loop" -> loop(call, scope);
        case "Scan" ->
            call.node().opset() < 9
                ? new BatchedScan(walk, trace).outputs(call, scope)
                : scan(call, scope);
        default -> sequenceMap(call, scope);
      };
    } catch (UnknownShape e) {
      return List.of();
    }
  }

  private List<Value> branch(Call call, Scope scope) {
    Node node = call.node();
    GraphProto yes = node.graph("then_branch");
    GraphProto no = node.graph("else_branch");
    Optional<Trace.ExecutedNode> seen = trace.next(node);
    Numbers condition = call.in(0).numbers();
    boolean chosen;
    if (condition != null && condition.count() > 0) {
      chosen = condition.integer(0) != 0;
    } else if (seen.isPresent()) {
      chosen = ran(yes, no, seen.get());
      walk.ranFor(node);
    } else {
      throw new UnknownShape("condition");
    }
    List<Value> outputs = walk.body(chosen ? yes : no, List.of(), scope, 1);
    return outputs;
  }

  /** A branch without a node that could be seen ran if the other one did not. */
  private boolean ran(GraphProto yes, GraphProto no, Trace.ExecutedNode seen) {
    Optional<Long> first = trace.iterations(yes, seen);
    Optional<Long> second = trace.iterations(no, seen);
    if (first.isPresent()) {
      return first.get() > 0;
    }
    if (second.isPresent()) {
      return second.get() == 0;
    }
    throw new UnknownShape("neither branch has a node that a run shows");
  }

  private List<Value> loop(Call call, Scope scope) {
    GraphProto body = call.node().graph("body");
    Optional<Trace.ExecutedNode> seen = trace.next(call.node());
    List<Value> carried = call.inputs().subList(2, call.inputs().size());
    @Nullable Long trips = trips(call, body, seen);
    Rounds rounds = new Rounds(body, scope, carried);
    if (trips == null) {
      Value first = call.has(1) ? call.in(1) : Value.of(OnnxType.BOOL, List.of(), Numbers.of(1L));
      rounds.whileTrue(first, limit(call));
    } else {
      rounds.times(trips);
    }
    return rounds.last.isEmpty()
        ? neverRan(body, carried, seen)
        : results(rounds.state, rounds.last, carried.size(), rounds.ran);
  }

  /** The iterations of one loop. */
  private final class Rounds {
    private final GraphProto body;
    private final Scope scope;
    private List<Value> state;
    private List<Value> last = List.of();
    private long ran;

    private Rounds(GraphProto body, Scope scope, List<Value> carried) {
      this.body = body;
      this.scope = scope;
      this.state = carried;
    }

    void whileTrue(Value first, long limit) {
      Value condition = first;
      while (ran < limit && isTrue(condition)) {
        if (followed > FOLLOWED_IN_ALL) {
          throw new UnknownShape("a loop without a trip count");
        }
        follow();
        condition = last.get(0);
      }
    }

    /** An iteration at least: what a loop carries can have a shape of its own before the first. */
    void times(long trips) {
      while (ran < trips && ran < Math.max(1, Math.min(FOLLOWED, FOLLOWED_IN_ALL - followed))) {
        follow();
      }
      if (ran < trips) {
        keep(steady(body, state, scope, trips - ran));
        ran = trips;
      }
    }

    private void follow() {
      followed++;
      Value index = Value.of(OnnxType.INT64, List.of(), Numbers.of(ran));
      List<Value> inputs = new ArrayList<>(List.of(index, HOLDS));
      inputs.addAll(state);
      keep(walk.body(body, inputs, scope, 1));
      ran++;
    }

    private void keep(List<Value> outputs) {
      last = outputs;
      state = new ArrayList<>(outputs.subList(1, 1 + state.size()));
    }
  }

  /** Returns the most iterations that a loop with a condition of its own may take. */
  private static long limit(Call call) {
    return call.has(0) ? Math.max(0, call.in(0).known().integer(0)) : Long.MAX_VALUE;
  }

  private static boolean isTrue(Value condition) {
    Numbers known = condition.known();
    return known.count() > 0 && known.integer(0) != 0;
  }

  /** Runs the rest at once: every iteration must leave the carried shapes as it found them. */
  private List<Value> steady(GraphProto body, List<Value> state, Scope scope, long trips) {
    List<Value> inputs = new ArrayList<>(List.of(Value.of(OnnxType.INT64, List.of()), HOLDS));
    state.forEach(value -> inputs.add(value.forgetful()));
    List<Value> outputs = walk.body(body, inputs, scope, trips);
    for (int i = 0; i < state.size(); i++) {
      if (!outputs.get(1 + i).shape().equals(state.get(i).shape())) {
        throw new UnknownShape("a long loop whose shapes change");
      }
    }
    return outputs;
  }

  /** Returns the executed iterations; null if only the condition inside the body decides. */
  private @Nullable Long trips(Call call, GraphProto body, Optional<Trace.ExecutedNode> seen) {
    Numbers most = call.has(0) ? call.inputs().get(0).numbers() : null;
    if (most != null && most.count() > 0 && (!call.has(1) || alwaysTrue(call, body))) {
      return Math.max(0, most.integer(0));
    }
    if (seen.isPresent()) {
      walk.ranFor(call.node());
      // where it ran and no node of its body did: none
      return trace.iterations(body, seen.get()).orElse(0L);
    }
    if (!call.has(1) && call.has(0)) {
      throw new UnknownShape("the trip count");
    }
    return null;
  }

  /** Exporters pass the condition on: through Identity, Cast or as a constant. */
  private static boolean alwaysTrue(Call call, GraphProto body) {
    Numbers start = call.in(1).numbers();
    if (start == null || start.count() == 0 || start.integer(0) == 0 || body.getInputCount() < 2) {
      return false;
    }
    String name = body.getOutput(0).getName();
    for (int hops = 0; hops <= body.getNodeCount(); hops++) {
      if (name.equals(body.getInput(1).getName())) {
        return true;
      }
      String wanted = name;
      var maker =
          body.getNodeList().stream()
              .filter(node -> node.getOutputList().contains(wanted))
              .filter(node -> Set.of("Identity", "Cast").contains(node.getOpType()))
              .findFirst();
      if (maker.isEmpty() || maker.get().getInputCount() == 0) {
        return false;
      }
      name = maker.get().getInput(0);
    }
    return false;
  }

  /** Carried values as the last iteration left them; each scanned output stacked. */
  private static List<Value> results(List<Value> state, List<Value> last, int carried, long ran) {
    List<Value> outputs = new ArrayList<>();
    state.forEach(value -> outputs.add(ran > FOLLOWED ? value.forgetful() : value));
    for (int i = 1 + carried; i < last.size(); i++) {
      Value element = last.get(i);
      outputs.add(
          element.isKnown()
              ? Value.of(element.type(), Shapes.concat(List.of(ran), element.shape()))
              : Value.UNKNOWN);
    }
    return outputs;
  }

  /** The state as it came in; of a scanned output none, in the shape that the body declares. */
  private static List<Value> neverRan(
      GraphProto body, List<Value> state, Optional<Trace.ExecutedNode> seen) {
    if (seen.isPresent()) {
      return seen.get().outputs();
    }
    List<Value> outputs = new ArrayList<>(state);
    for (int i = 1 + state.size(); i < body.getOutputCount(); i++) {
      var declared = body.getOutput(i).getType().getTensorType();
      List<Long> shape = new ArrayList<>(List.of(0L));
      declared.getShape().getDimList().forEach(d -> shape.add(Math.max(0, d.getDimValue())));
      outputs.add(Value.of(OnnxType.of(declared.getElemType()), shape));
    }
    return outputs;
  }

  private List<Value> scan(Call call, Scope scope) {
    trace.next(call.node());
    GraphProto body = call.node().graph("body");
    int scanned = (int) call.node().integer("num_scan_inputs");
    int carried = call.inputs().size() - scanned;
    if (scanned < 1 || carried < 0) {
      throw new GraphFault(
          call.node().path(),
          "num_scan_inputs %d of %d inputs".formatted(scanned, call.inputs().size()),
          "at least 1, and no more than there are",
          "check the model with onnx.checker, or export it again");
    }
    List<Long> axes = call.node().integers("scan_input_axes", List.of());
    List<Value> inputs = new ArrayList<>();
    long length = 0;
    for (int i = 0; i < call.inputs().size(); i++) {
      Value value = call.in(i);
      if (i >= carried) {
        int axis = axes.isEmpty() ? 0 : Shapes.axis(axes.get(i - carried), value.rank());
        length = value.extent(axis);
        List<Long> slice = new ArrayList<>(value.shape());
        slice.remove(axis);
        value = Value.of(value.type(), slice);
      }
      inputs.add(value.forgetful());
    }
    List<Value> last = walk.body(body, inputs, scope, length);
    List<Value> outputs = new ArrayList<>();
    List<Long> outAxes = call.node().integers("scan_output_axes", List.of());
    for (int i = 0; i < last.size(); i++) {
      Value value = last.get(i).forgetful();
      if (i >= carried && value.isKnown()) {
        long asked = outAxes.isEmpty() ? 0 : outAxes.get(i - carried);
        List<Long> stacked = new ArrayList<>(value.shape());
        stacked.add((int) (asked < 0 ? asked + stacked.size() + 1 : asked), length);
        value = Value.of(value.type(), stacked);
      }
      outputs.add(value);
    }
    return outputs;
  }

  /** Follows what FlexAttention does to its scores and its probabilities. */
  void modifiers(Call call, Scope scope) {
    for (String name : List.of("score_mod", "prob_mod")) {
      if (call.node().has(name)) {
        AttentionExtents e = AttentionExtents.standard(call);
        List<Long> shape = List.of(e.batch(), e.heads(), e.queries(), e.keys());
        walk.body(call.node().graph(name), List.of(Value.of(call.type(0), shape)), scope, 1);
      }
    }
  }

  private List<Value> sequenceMap(Call call, Scope scope) {
    trace.next(call.node());
    GraphProto body = call.node().graph("body");
    List<Value> elements = call.in(0).elements();
    if (elements == null) {
      throw new UnknownShape("a sequence that only a run knows");
    }
    List<List<Value>> outputs = new ArrayList<>();
    body.getOutputList().forEach(output -> outputs.add(new ArrayList<>()));
    for (int i = 0; i < elements.size(); i++) {
      List<Value> inputs = new ArrayList<>(List.of(elements.get(i)));
      for (int k = 1; k < call.inputs().size(); k++) {
        List<Value> other = call.in(k).elements();
        inputs.add(other == null ? call.in(k) : other.get(i));
      }
      List<Value> results = walk.body(body, inputs, scope, 1);
      for (int k = 0; k < results.size(); k++) {
        outputs.get(k).add(results.get(k));
      }
    }
    return outputs.stream().map(Value::sequence).toList();
  }
}
