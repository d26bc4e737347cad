package io.stagemark.flops.onnx.walk;

import io.stagemark.flops.Memory;
import io.stagemark.flops.NodeCount;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import io.stagemark.flops.Weights;
import io.stagemark.flops.onnx.operator.OnnxOperators;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Origin;
import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Adds up what each executed node costs. */
public final class CountingVisitor implements GraphWalk.Visitor {
  private static final int SHOWN = 3;

  private final Map<String, NodeCount> nodes = new LinkedHashMap<>();
  private final Map<String, Long> uncounted = new TreeMap<>();
  private final Map<String, String> unknown = new TreeMap<>();
  private final Set<String> incomplete = new LinkedHashSet<>();
  private final Map<Object, Origin> made = new LinkedHashMap<>();
  private final Set<String> declared = new LinkedHashSet<>();
  private final Set<String> ranFor = new LinkedHashSet<>();
  private long activationBytes;
  private long bytesMoved;

  @Override
  public void visit(Call call, long times) {
    ConstantUses.mark(call);
    for (Value input : call.inputs()) {
      Origin origin = input.origin();
      if (origin != null) {
        origin.stored().forEach(this::remember);
      }
    }
    Optional<CostRule> rule = OnnxOperators.cost(call.node());
    if (rule.isEmpty()) {
      uncounted.merge(call.node().operator(), 1L, Long::sum);
      return;
    }
    try {
      add(call, rule.get().of(call), times);
    } catch (UnknownShape e) {
      uncounted.merge(call.node().operator(), 1L, Long::sum);
      unknown.put(call.node().path(), String.valueOf(e.getMessage()));
    }
  }

  private void remember(Origin origin) {
    if (!origin.isInitializer()) {
      made.putIfAbsent(origin.key(), origin);
      if (origin.isParameter()) {
        made.put(origin.key(), origin);
      }
    }
  }

  @Override
  public void ranFor(Node node) {
    ranFor.add(node.path());
  }

  @Override
  public void declared(Node node) {
    declared.add(node.path());
  }

  /** Returns the nodes whose shapes came from a run, because they follow from data. */
  public Set<String> ranFor() {
    return ranFor;
  }

  void uncounted(String operator) {
    uncounted.merge(operator, 1L, Long::sum);
  }

  /** Says why the figures are not those of every input; the same reason counts once. */
  public void incomplete(String because) {
    incomplete.add(because);
  }

  void add(Call call, Cost cost, long times) {
    if (!cost.assumed().isEmpty()) {
      incomplete.add(call.node().path() + ": " + cost.assumed());
    }
    long written = 0;
    for (int i = 0; i < call.outputs().size(); i++) {
      boolean named = !call.node().outputs().get(i).isEmpty();
      written = Math.addExact(written, named ? call.outputs().get(i).bytes() : 0);
    }
    long moved = written;
    for (Value input : call.inputs()) {
      moved = Math.addExact(moved, input.bytes());
    }
    boolean view = OnnxOperators.isView(call.node()) || ControlFlow.handles(call.node());
    long bytes = view ? 0 : Math.multiplyExact(moved, times);
    bytesMoved = Math.addExact(bytesMoved, bytes);
    activationBytes = Math.addExact(activationBytes, view ? 0 : Math.multiplyExact(written, times));
    Operations operations = cost.operations().times(times);
    long valid = Math.multiplyExact(cost.validMacs(), times);
    // one line of a program can apply several operators
    String key = call.node().path() + " " + call.node().operator();
    NodeCount before = nodes.get(key);
    nodes.put(
        key,
        new NodeCount(
            call.node().path(),
            call.node().operator(),
            times + (before == null ? 0 : before.executions()),
            shapes(call.inputs()),
            shapes(call.outputs()),
            before == null ? operations : before.operations().plus(operations),
            valid + (before == null ? 0 : before.validMacs()),
            bytes + (before == null ? 0 : before.bytesMoved()),
            cost.note(),
            arithmetic(call, operations)));
  }

  private static String arithmetic(Call call, Operations operations) {
    return operations.intMacs() > 0 ? "int8" : call.type(0).text();
  }

  private static List<List<Long>> shapes(List<Value> values) {
    List<List<Long>> shapes = new ArrayList<>();
    values.forEach(value -> shapes.add(value.isKnown() ? value.shape() : List.of()));
    return shapes;
  }

  /**
   * The result of the whole walk.
   *
   * @param source see {@link OperationCount#source}
   * @param shapesFrom see {@link OperationCount#shapesFrom}
   * @param batch examples in the forward
   * @param peakBytes most bytes of activations alive at one time
   * @param initializers every one that was read
   */
  public record WalkSummary(
      String source, String shapesFrom, long batch, long peakBytes, List<Origin> initializers) {}

  public OperationCount result(WalkSummary frame) {
    Operations total = Operations.NONE;
    long valid = 0;
    for (NodeCount node : nodes.values()) {
      total = total.plus(node.operations());
      valid = Math.addExact(valid, node.validMacs());
    }
    return new OperationCount(
        frame.source(),
        frame.shapesFrom(),
        frame.batch(),
        total,
        valid,
        weights(frame.initializers()),
        new Memory(activationBytes, frame.peakBytes(), bytesMoved),
        uncounted,
        List.copyOf(incomplete),
        List.copyOf(nodes.values()),
        warnings());
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (!unknown.isEmpty()) {
      List<String> reasons =
          unknown.entrySet().stream().map(e -> e.getKey() + " (" + e.getValue() + ")").toList();
      warnings.add(OperationCount.NEEDS_RUN + some(reasons));
    }
    if (!declared.isEmpty()) {
      warnings.add("shapes as the file declares them: " + some(declared));
    }
    return warnings;
  }

  /** Returns the first few names, and how many more there are. */
  public static String some(Collection<String> names) {
    String first = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return names.size() > SHOWN ? first + " and %d more".formatted(names.size() - SHOWN) : first;
  }

  private Weights weights(List<Origin> initializers) {
    List<Origin> constants = new ArrayList<>(initializers);
    constants.addAll(made.values());
    long parameters = 0;
    long bytes = 0;
    long statistics = 0;
    long zeros = 0;
    for (Origin constant : constants) {
      if (constant.isParameter()) {
        parameters = Math.addExact(parameters, constant.elements());
        bytes = Math.addExact(bytes, constant.type().bytes(constant.elements()));
        zeros += constant.zeros();
      } else if (constant.isStatistic()) {
        statistics = Math.addExact(statistics, constant.elements());
      }
    }
    return new Weights(parameters, bytes, statistics, zeros);
  }
}
