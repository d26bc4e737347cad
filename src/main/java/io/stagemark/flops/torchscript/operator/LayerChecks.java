package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.ArgumentChecks.atLeast;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.axes;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.axis;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.rank;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.require;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.shape;

import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import io.stagemark.flops.torchscript.value.ScriptValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What normalisations, reductions and recurrent layers require of their arguments. */
final class LayerChecks {
  private LayerChecks() {}

  static void batchNorm(Arguments a) {
    instanceNorm(a);
    boolean running = a.get(3, "running_mean") != null && a.get(4, "running_var") != null;
    require(running || a.flag(5, "training", false), a, "no running statistics, and no training");
  }

  static void instanceNorm(Arguments a) {
    Value x = a.tensor(0);
    rank(a, x, 2, Integer.MAX_VALUE);
    for (int i = 1; i <= 4; i++) {
      shape(a, a.optional(i, ""), List.of(x.extent(1)));
    }
  }

  static void layerNorm(Arguments a) {
    Value x = a.tensor(0);
    List<Long> shape = a.integers(1, "normalized_shape");
    boolean last =
        !shape.isEmpty()
            && shape.size() <= x.rank()
            && x.shape().subList(x.rank() - shape.size(), x.rank()).equals(shape);
    require(last, a, "a shape %s of %s", shape, x.shape());
    shape(a, a.optional(2, "weight"), shape);
    if (!a.operator().equals("rms_norm")) {
      shape(a, a.optional(3, "bias"), shape);
    }
  }

  static void groupNorm(Arguments a) {
    Value x = a.tensor(0);
    rank(a, x, 2, Integer.MAX_VALUE);
    long groups = a.integer(1);
    require(groups > 0 && x.extent(1) % groups == 0, a, "%d groups of %s", groups, x.shape());
    shape(a, a.optional(2, "weight"), List.of(x.extent(1)));
    shape(a, a.optional(3, "bias"), List.of(x.extent(1)));
  }

  static void reduced(Arguments a, int at) {
    Object given = a.get(at, "dim");
    if (given instanceof Long || given instanceof List<?> || given instanceof ScriptTuple) {
      axes(a, a.integers(at, "dim"), a.tensor(0).rank());
    }
  }

  static void chosen(Arguments a, int smallest) {
    Value x = a.tensor(0);
    int at = axis(a, a.integer(2, "dim", -1), x.rank());
    long k = a.integer(1);
    long extent = x.rank() == 0 ? 1 : x.extent(at);
    require(k >= smallest && k <= extent, a, "%d of %d", k, extent);
  }

  static void halves(Arguments a) {
    Value x = a.tensor(0);
    rank(a, x, 1, Integer.MAX_VALUE);
    long extent = x.extent(axis(a, a.integer(1, "dim", -1), x.rank()));
    require(extent % 2 == 0, a, "halves of %d", extent);
  }

  static void slopes(Arguments a) {
    Value x = a.tensor(0);
    Value w = a.tensor(1);
    rank(a, w, 0, 1);
    long channels = x.rank() > 1 ? x.extent(1) : 1;
    require(
        w.elementCount() == 1 || w.elementCount() == channels,
        a,
        "%d slopes for %s",
        w.elementCount(),
        x.shape());
  }

  private static long gates(Arguments a) {
    return a.operator().startsWith("lstm") ? 4 : a.operator().startsWith("gru") ? 3 : 1;
  }

  private static List<Value> states(Arguments a, int at) {
    boolean pair = a.operator().startsWith("lstm");
    Object given = a.get(at);
    boolean several = given instanceof List<?> || given instanceof ScriptTuple;
    require(several == pair, a, "a state %s", ScriptValues.shown(given));
    List<Value> states = pair ? a.tensors(at) : List.of(a.tensor(at));
    require(states.size() == (pair ? 2 : 1), a, "%d states", states.size());
    return states;
  }

  /**
   * As {@link RecurrentOps} reads them; a packed sequence keeps the size of its batch elsewhere.
   */
  static void layers(Arguments a) {
    boolean packed = a.isTensor(1) && a.get(3) instanceof List<?>;
    int first = packed ? 3 : 2;
    Value x = a.tensor(0);
    List<Value> weights = a.tensors(first);
    int layers = Math.toIntExact(a.integer(first + 2, "num_layers", 1));
    int directions = a.flag(first + 5, "bidirectional", false) ? 2 : 1;
    int runs = Math.multiplyExact(layers, directions);
    int plain = a.flag(first + 1, "has_biases", true) ? 4 : 2;
    require(
        runs > 0 && weights.size() % runs == 0 && weights.size() / runs - plain <= 1,
        a,
        "%d weights for %d layers of %d",
        weights.size(),
        layers,
        directions);
    int each = weights.size() / runs;
    require(each >= plain, a, "%d weights a layer", each);
    rank(a, x, packed ? 2 : 3, packed ? 2 : 3);
    boolean batchFirst = !packed && a.flag(first + 6, "batch_first", false);
    List<Value> states = states(a, packed ? 2 : 1);
    long in = x.extent(-1);
    long hidden = 0;
    long out = 0;
    for (int run = 0; run < runs; run++) {
      List<Value> one = weights.subList(run * each, (run + 1) * each);
      rank(a, one.get(1), 2, 2);
      hidden = one.get(1).extent(0) / gates(a);
      out = each > plain ? one.get(each - 1).extent(0) : hidden;
      one(a, one, in, hidden, out);
      in = (run + 1) % directions == 0 ? out * directions : in;
    }
    long batch = packed ? states.get(0).extent(1) : x.extent(batchFirst ? 0 : 1);
    shape(a, states.get(0), List.of((long) runs, batch, out));
    if (states.size() > 1) {
      shape(a, states.get(1), List.of((long) runs, batch, hidden));
    }
  }

  private static void one(Arguments a, List<Value> weights, long in, long hidden, long out) {
    long rows = Math.multiplyExact(gates(a), hidden);
    List<List<Long>> expected = new ArrayList<>();
    expected.add(List.of(rows, in));
    expected.add(List.of(rows, out));
    if (weights.size() > 3) {
      expected.add(List.of(rows));
      expected.add(List.of(rows));
    }
    if (weights.size() % 2 == 1) {
      expected.add(List.of(out, hidden));
    }
    atLeast(a, expected.get(0), 1);
    for (int i = 0; i < weights.size(); i++) {
      shape(a, weights.get(i), expected.get(i));
    }
  }

  /** input, state, two weights, maybe two biases. */
  static void cell(Arguments a) {
    Value x = a.tensor(0);
    rank(a, x, 2, 2);
    rank(a, a.tensor(3), 2, 2);
    long hidden = a.tensor(3).extent(1);
    List<Value> weights = new ArrayList<>(List.of(a.tensor(2), a.tensor(3)));
    @Nullable Object bias = a.get(4);
    if (bias != null) {
      weights.add(a.tensor(4));
      weights.add(a.tensor(5));
    }
    one(a, weights, x.extent(1), hidden, hidden);
    states(a, 1).forEach(state -> shape(a, state, List.of(x.extent(0), hidden)));
  }
}
