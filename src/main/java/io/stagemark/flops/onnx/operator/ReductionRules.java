package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.Shapes;
import java.util.List;

/** Reductions, sorting, searching and transforms. */
final class ReductionRules {
  private ReductionRules() {}

  static void register(OperatorTable<CostRule> rules) {
    List.of("ReduceSum", "ReduceProd")
        .forEach(op -> rules.put(op, call -> arithmetic(call, merged(call))));
    rules.put("ReduceMean", call -> arithmetic(call, call.count(0)));
    rules.put("ReduceSumSquare", call -> arithmetic(call, call.count(0) + merged(call)));
    rules.put("ReduceL1", call -> Cost.of(merged(call), 0, call.count(0)));
    rules.put("ReduceL2", call -> Cost.of(call.count(0) + merged(call), call.y(), 0));
    rules.put("ReduceLogSum", call -> Cost.of(merged(call), call.y(), 0));
    rules.put(
        "ReduceLogSumExp",
        call -> Cost.of(2 * call.count(0), call.count(0) + call.y(), merged(call)));
    List.of("ReduceMax", "ReduceMin", "ArgMax", "ArgMin")
        .forEach(op -> rules.put(op, call -> Cost.of(0, 0, merged(call))));
    List.of("CumSum", "CumProd").forEach(op -> rules.put(op, ReductionRules::cumulative));
    rules.put("TopK", ReductionRules::topK);
    rules.put("Unique", call -> Cost.of(0, 0, sorting(call.count(0))));
    rules.put("NonMaxSuppression", ReductionRules::nonMaxSuppression);
    rules.put("DFT", ReductionRules::fourier);
    rules.put("STFT", ReductionRules::shortTimeFourier);
  }

  /** |X| − |Y|: what is left when every output takes one input; none over an empty set. */
  private static long merged(Call call) {
    return Math.max(0, call.count(0) - call.y());
  }

  private static Cost arithmetic(Call call, long count) {
    return ElementwiseRules.arithmetic(call, Math.max(0, count));
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

  /** 5·n·log2 n for each complex transform, half of it for a real one-sided one (a model). */
  private static Cost fourier(Call call) {
    List<Long> x = call.shape(0);
    int last = x.size() - 1;
    int at = SignalShapes.axisByShapes(call);
    long n = SignalShapes.points(call, at);
    long extent = x.get(at);
    long transforms = extent == 0 ? 0 : Shapes.product(x, 0, last) / extent;
    boolean real = call.node().flag("onesided", false);
    return Cost.of(Math.round((real ? 2.5 : 5) * sortingExact(n) * transforms), 0, 0);
  }

  private static double sortingExact(long n) {
    return n < 2 ? 0 : n * (Math.log((double) n) / Math.log(2));
  }

  /** frames · (5·n·log2 n + n for the window). */
  private static Cost shortTimeFourier(Call call) {
    List<Long> y = call.out(0).shape();
    long frames = Shapes.multiply(y.get(0), y.get(1));
    Numbers length = call.has(3) ? call.in(3).numbers() : null;
    boolean known = call.has(2) || length != null;
    boolean half = call.node().flag("onesided", true);
    long bins = half ? 2 * (y.get(2) - 1) : y.get(2);
    long n = call.has(2) ? call.count(2) : length == null ? bins : length.integer(0);
    double each = 5 * sortingExact(n) + (call.has(2) ? n : 0);
    Cost cost = Cost.of(Operations.of(Math.round(frames * each), 0, 0));
    return known || !half ? cost : cost.assuming("frame_length is data: an even one taken");
  }
}
