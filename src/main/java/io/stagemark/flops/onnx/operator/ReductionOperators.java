package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.KnownValues.reduction;
import static io.stagemark.flops.onnx.operator.OnnxOperator.alike;
import static io.stagemark.flops.onnx.operator.OnnxOperator.join;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;
import static io.stagemark.flops.onnx.operator.OnnxOperator.unshaped;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reductions, running sums, sorting and searching. */
final class ReductionOperators {
  static final ShapeRule REDUCED = ReductionOperators::reducedShape;

  private static final CostRule MERGED = call -> arithmetic(call, merged(call));
  private static final CostRule COMPARED = call -> Cost.of(0, 0, merged(call));

  private ReductionOperators() {}

  static List<OnnxOperator> all() {
    return join(
        reductions(),
        alike(ReductionOperators::argShape, COMPARED, "ArgMax", "ArgMin"),
        alike(ShapeRule.LIKE_FIRST, ReductionOperators::cumulative, "CumSum", "CumProd"),
        List.of(
            standard("TopK", ReductionOperators::topShape, ReductionOperators::topK),
            unshaped(Node.STANDARD, "Unique", call -> Cost.of(0, 0, sorting(call.count(0)))),
            unshaped(Node.STANDARD, "NonMaxSuppression", ReductionOperators::nonMaxSuppression)
                .settings(2, 3, 4)));
  }

  private static List<OnnxOperator> reductions() {
    return List.of(
        standard("ReduceSum", REDUCED, MERGED).folding(reduction(Math::addExact, Double::sum)),
        standard("ReduceProd", REDUCED, MERGED)
            .folding(reduction(Math::multiplyExact, (a, b) -> a * b)),
        standard("ReduceMax", REDUCED, COMPARED).folding(reduction(Math::max, Math::max)),
        standard("ReduceMin", REDUCED, COMPARED).folding(reduction(Math::min, Math::min)),
        standard("ReduceMean", REDUCED, call -> arithmetic(call, call.count(0))),
        standard(
            "ReduceSumSquare", REDUCED, call -> arithmetic(call, call.count(0) + merged(call))),
        standard("ReduceL1", REDUCED, call -> Cost.of(merged(call), 0, call.count(0))),
        standard("ReduceL2", REDUCED, call -> Cost.of(call.count(0) + merged(call), call.y(), 0)),
        standard("ReduceLogSum", REDUCED, call -> Cost.of(merged(call), call.y(), 0)),
        standard(
            "ReduceLogSumExp",
            REDUCED,
            call -> Cost.of(2 * call.count(0), call.count(0) + call.y(), merged(call))));
  }

  private static List<Value> reducedShape(Call call) {
    Value x = call.in(0);
    List<Long> axes = MovementShapes.axes(call, 1, List.of());
    boolean none = axes.isEmpty() && call.node().flag("noop_with_empty_axes", false);
    if (none) {
      return call.like(x.shape());
    }
    Set<Integer> reduced = new HashSet<>();
    for (long axis : axes) {
      reduced.add(Shapes.axis(axis, x.rank()));
    }
    boolean keep = call.node().flag("keepdims", true);
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (!axes.isEmpty() && !reduced.contains(i)) {
        shape.add(x.extent(i));
      } else if (keep) {
        shape.add(1L);
      }
    }
    return call.like(shape);
  }

  private static List<Value> argShape(Call call) {
    int axis = call.axis(0);
    List<Long> shape = new ArrayList<>(call.shape(0));
    if (call.node().flag("keepdims", true)) {
      shape.set(axis, 1L);
    } else {
      shape.remove(axis);
    }
    return List.of(Value.of(OnnxType.INT64, shape));
  }

  private static List<Value> topShape(Call call) {
    int axis = call.axis(-1);
    long k = call.has(1) ? call.in(1).integers()[0] : call.node().integer("k");
    List<Long> shape = Shapes.with(call.shape(0), axis, k);
    return List.of(Value.of(call.type(0), shape), Value.of(OnnxType.INT64, shape));
  }

  /** |X| − |Y|: what is left when every output takes one input; none over an empty set. */
  private static long merged(Call call) {
    return Math.max(0, call.count(0) - call.y());
  }

  private static Cost arithmetic(Call call, long count) {
    return ElementwiseOperators.arithmetic(call, Math.max(0, count));
  }

  /** |X| − slices, along the longest axis where its number is data. */
  private static Cost cumulative(Call call) {
    List<Long> x = call.shape(0);
    Numbers given = call.in(1).numbers();
    long longest = x.stream().mapToLong(Long::longValue).max().orElse(1);
    boolean alike = x.stream().allMatch(extent -> extent == longest);
    long n = given == null ? longest : x.get(Shapes.axis(given.integer(0), x.size()));
    long slices = n == 0 ? 0 : call.count(0) / n;
    Cost cost = arithmetic(call, call.count(0) - slices);
    return given == null && !alike
        ? cost.noting("upper bound: along the longest axis").assuming("the axis is data")
        : cost;
  }

  /** rows · n · ⌈log2 k⌉, a heap of k. */
  private static Cost topK(Call call) {
    int axis = call.axis(-1);
    long k = call.out(0).extent(axis);
    long levels = k <= 1 ? 0 : 64 - Long.numberOfLeadingZeros(k - 1);
    return Cost.of(0, 0, Shapes.multiply(call.count(0), levels));
  }

  /** n·log2 n, rounded. */
  private static long sorting(long n) {
    return n < 2 ? 0 : Math.round(sortingExact(n));
  }

  /** 14 operations for each pair of boxes; every pair: what really runs depends on the boxes. */
  private static Cost nonMaxSuppression(Call call) {
    List<Long> boxes = call.shape(0);
    long n = boxes.get(1);
    long lists = Shapes.multiply(boxes.get(0), call.shape(1).get(1));
    long pairs = Shapes.multiply(lists, n, Math.max(0, n - 1)) / 2;
    long comparisons = Shapes.add(Shapes.multiply(14, pairs), Shapes.multiply(lists, sorting(n)));
    return Cost.of(Shapes.multiply(14, pairs), 0, comparisons)
        .noting("upper bound: every pair of boxes compared");
  }

  /** Returns n·log2 n. */
  static double sortingExact(long n) {
    return n < 2 ? 0 : n * (Math.log((double) n) / Math.log(2));
  }
}
