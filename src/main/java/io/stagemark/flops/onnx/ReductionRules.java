package io.stagemark.flops.onnx;

import io.stagemark.flops.Operations;
import java.util.List;
import java.util.Map;

/** Reductions, sorting, searching and transforms. */
final class ReductionRules {
  private ReductionRules() {}

  static void register(Map<String, CostRule> rules) {
    List.of("ReduceSum", "ReduceProd")
        .forEach(op -> rules.put(op, call -> arithmetic(call, call.count(0) - call.y())));
    rules.put("ReduceMean", call -> arithmetic(call, call.count(0)));
    rules.put("ReduceSumSquare", call -> arithmetic(call, 2 * call.count(0) - call.y()));
    rules.put("ReduceL1", call -> Cost.of(call.count(0) - call.y(), 0, call.count(0)));
    rules.put("ReduceL2", call -> Cost.of(2 * call.count(0) - call.y(), call.y(), 0));
    rules.put("ReduceLogSum", call -> Cost.of(call.count(0) - call.y(), call.y(), 0));
    rules.put(
        "ReduceLogSumExp",
        call -> Cost.of(2 * call.count(0), call.count(0) + call.y(), call.count(0) - call.y()));
    List.of("ReduceMax", "ReduceMin", "ArgMax", "ArgMin")
        .forEach(op -> rules.put(op, call -> Cost.of(0, 0, call.count(0) - call.y())));
    List.of("CumSum", "CumProd").forEach(op -> rules.put(op, ReductionRules::cumulative));
    rules.put("Col2Im", call -> Cost.of(call.count(0), 0, 0));
    rules.put("TopK", ReductionRules::topK);
    rules.put("Unique", call -> Cost.of(0, 0, sorting(call.count(0))));
    rules.put("NonMaxSuppression", ReductionRules::nonMaxSuppression);
    rules.put("DFT", ReductionRules::fourier);
    rules.put("STFT", ReductionRules::shortTimeFourier);
  }

  private static Cost arithmetic(Call call, long count) {
    return ElementwiseRules.arithmetic(call, Math.max(0, count));
  }

  /** |X| − slices. */
  private static Cost cumulative(Call call) {
    int axis = Shapes.axis(call.in(1).known().integer(0), call.in(0).rank());
    long n = call.in(0).extent(axis);
    long slices = n == 0 ? 0 : call.count(0) / n;
    return arithmetic(call, call.count(0) - slices);
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
    int at = SignalShapes.axis(call);
    long n = call.has(1) ? call.in(1).known().integer(0) : x.get(at);
    long extent = x.get(at);
    long transforms = extent == 0 ? 0 : Shapes.product(x, 0, last) / extent;
    boolean real = call.node().flag("onesided", false) && x.get(last) == 1;
    return Cost.of(Math.round((real ? 2.5 : 5) * sortingExact(n) * transforms), 0, 0);
  }

  private static double sortingExact(long n) {
    return n < 2 ? 0 : n * (Math.log((double) n) / Math.log(2));
  }

  /** frames · (5·n·log2 n + n for the window). */
  private static Cost shortTimeFourier(Call call) {
    List<Long> y = call.out(0).shape();
    long frames = Shapes.multiply(y.get(0), y.get(1));
    long n = call.has(2) ? call.count(2) : call.in(3).known().integer(0);
    double each = 5 * sortingExact(n) + (call.has(2) ? n : 0);
    return Cost.of(Operations.of(Math.round(frames * each), 0, 0));
  }
}
