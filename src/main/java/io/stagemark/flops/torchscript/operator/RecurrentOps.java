package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.Operator.checked;

import io.stagemark.flops.Operations;
import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.Known;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recurrent layers and cells, each layer written as ONNX's operator. */
final class RecurrentOps {
  private static final Map<String, String> ONNX =
      Map.of("lstm", "LSTM", "gru", "GRU", "rnn_tanh", "RNN", "rnn_relu", "RNN");

  private RecurrentOps() {}

  static void register(OperatorTable<Operator> ops) {
    ONNX.keySet()
        .forEach(name -> ops.put(name, checked(LayerChecks::layers, RecurrentOps::layers)));
    ONNX.keySet()
        .forEach(name -> ops.put(name + "_cell", checked(LayerChecks::cell, RecurrentOps::cell)));
    ops.put("_pack_padded_sequence", RecurrentOps::pack);
    ops.put("_pad_packed_sequence", RecurrentOps::unpack);
  }

  /**
   * input, hidden, weights, has_biases, num_layers, dropout, train, bidirectional, batch_first; a
   * packed sequence is data, batch_sizes, hidden, weights, … without batch_first.
   */
  private static Object layers(Arguments a) {
    boolean packed = a.isTensor(1) && a.get(3) instanceof List<?>;
    int first = packed ? 3 : 2;
    Value x = a.tensor(0);
    List<Value> weights = a.tensors(first);
    boolean biases = a.flag(first + 1, "has_biases", true);
    long layers = a.integer(first + 2, "num_layers", 1);
    int directions = a.flag(first + 5, "bidirectional", false) ? 2 : 1;
    boolean batchFirst = !packed && a.flag(first + 6, "batch_first", false);
    int plain = biases ? 4 : 2;
    boolean projects = weights.size() == layers * directions * (plain + 1);
    int each = plain + (projects ? 1 : 0);
    if (weights.size() != layers * directions * each || x.rank() != (packed ? 2 : 3)) {
      throw new ScriptFault(
          a.where(),
          "%d weights for %d layers of %d, on %s"
              .formatted(weights.size(), layers, directions, x.shape()));
    }
    a.tape().weights(weights);
    // rows of a packed sequence are the steps of all its examples, and no padding
    Value current =
        packed
            ? x.viewedAs(List.of(1L, x.extent(0), x.extent(1)))
            : batchFirst ? x.viewedAs(List.of(x.extent(1), x.extent(0), x.extent(2))) : x;
    for (int layer = 0; layer < layers; layer++) {
      int from = layer * directions * each;
      current = layer(a, current, weights.subList(from, from + each), directions);
    }
    long width = current.extent(2);
    List<Long> shape =
        packed
            ? List.of(current.extent(1), width)
            : batchFirst
                ? List.of(current.extent(1), current.extent(0), width)
                : List.of(current.extent(0), current.extent(1), width);
    long batch = packed ? hiddenBatch(a) : current.extent(1);
    long cells = weights.get(1).extent(0) / gates(a);
    Value state = Value.of(x.type(), List.of(layers * directions, batch, width / directions));
    Value cell = Value.of(x.type(), List.of(layers * directions, batch, cells));
    Value out = current.viewedAs(shape);
    return ScriptTuple.of(
        a.operator().equals("lstm") ? List.of(out, state, cell) : List.of(out, state));
  }

  private static long hiddenBatch(Arguments a) {
    Object hidden = a.get(2);
    return hidden instanceof List<?> list && list.get(0) instanceof Value h
        ? h.extent(1)
        : a.tensor(2).extent(1);
  }

  private static long gates(Arguments a) {
    return a.operator().startsWith("lstm") ? 4 : a.operator().startsWith("gru") ? 3 : 1;
  }

  /**
   * Applies a layer to x [T, B, I]; [T, B, directions·H]. Weights of one direction: input-hidden
   * [G·H, I], hidden-hidden [G·H, H], maybe two biases, maybe a projection [P, H].
   */
  private static Value layer(Arguments a, Value x, List<Value> one, int directions) {
    boolean projects = one.size() % 2 == 1;
    if (projects) {
      return projected(a, x, one, directions);
    }
    long d = directions;
    Value w = one.get(0);
    Value r = one.get(1);
    List<Value> inputs = new ArrayList<>();
    inputs.add(x);
    inputs.add(w.viewedAs(List.of(d, w.extent(0), w.extent(1))));
    inputs.add(r.viewedAs(List.of(d, r.extent(0), r.extent(1))));
    if (one.size() == 4) {
      inputs.add(one.get(2).viewedAs(List.of(d, 2 * one.get(2).extent(0))));
    }
    if (w.extent(1) != x.extent(2)) {
      throw new ScriptFault(
          a.where(), "%d features into weights of %s".formatted(x.extent(2), w.shape()));
    }
    String onnx = ONNX.getOrDefault(a.operator().replace("_cell", ""), "RNN");
    Value y = a.tape().apply(onnx, a.where(), inputs, Map.of("hidden_size", r.extent(1)), 2).get(0);
    return y.viewedAs(List.of(y.extent(0), y.extent(2), d * y.extent(3))); // [T, D, B, H]
  }

  /**
   * An LSTM with proj_size (Sak et al. 2014, arXiv:1402.1128): 4H·(I + P) MACs for the gates and
   * H·P for the projection, for each step, example and direction.
   */
  private static Value projected(Arguments a, Value x, List<Value> one, int directions) {
    long hidden = one.get(1).extent(0) / 4;
    long out = one.get(one.size() - 1).extent(0);
    long cells =
        Math.multiplyExact(Math.multiplyExact(x.extent(0), x.extent(1)), (long) directions);
    long gates = Math.multiplyExact(4 * hidden, Math.addExact(x.extent(2), out));
    long macs = Math.addExact(gates, Math.multiplyExact(hidden, out));
    long sums = (one.size() == 5 ? 16 : 8) * hidden; // as the rule of an LSTM without it
    Operations each = new Operations(macs, 0, sums, 5 * hidden, 0);
    Value y = Value.of(x.type(), List.of(x.extent(0), x.extent(1), directions * out));
    List<Value> inputs = new ArrayList<>(one);
    inputs.add(0, x);
    return a.tape().custom("LSTM", a.where(), inputs, y, each.times(cells));
  }

  /** input [B, I], hidden, weights one by one. */
  private static Object cell(Arguments a) {
    Value x = a.tensor(0);
    List<Value> weights = new ArrayList<>(List.of(a.tensor(2), a.tensor(3)));
    if (a.get(4) != null) {
      weights.add(a.tensor(4));
      weights.add(a.tensor(5));
    }
    a.tape().weights(weights);
    Value step = x.viewedAs(List.of(1L, x.extent(0), x.extent(1)));
    Value h = layer(a, step, weights, 1);
    Value state = h.viewedAs(List.of(h.extent(1), h.extent(2)));
    return a.operator().startsWith("lstm") ? ScriptTuple.of(List.of(state, state)) : state;
  }

  /** input, lengths, batch_first: the rows that are no padding, and how many run at each step. */
  private static Object pack(Arguments a) {
    Value x = a.tensor(0);
    Numbers lengths = a.tensor(1).numbers();
    if (lengths == null) {
      throw a.needsData("the lengths of the sequences are in a tensor");
    }
    long steps = 0;
    long rows = 0;
    for (int i = 0; i < lengths.count(); i++) {
      steps = Math.max(steps, lengths.integer(i));
      rows = Math.addExact(rows, lengths.integer(i));
    }
    if (steps > Known.MAX_ELEMENTS || rows < 0) {
      throw new ScriptFault(a.where(), "a sequence of %d steps".formatted(steps));
    }
    long[] running = new long[(int) steps];
    for (int i = 0; i < lengths.count(); i++) {
      for (int step = 0; step < lengths.integer(i); step++) {
        running[step]++;
      }
    }
    Value data = Value.of(x.type(), List.of(rows, x.extent(2)));
    return ScriptTuple.of(List.of(data, Value.integers(running)));
  }

  /** data, batch_sizes, batch_first, padding_value, total_length. */
  private static Object unpack(Arguments a) {
    Value data = a.tensor(0);
    Value sizes = a.tensor(1);
    long steps = Math.max(sizes.extent(0), a.integer(4, "total_length", 0));
    Numbers running = sizes.numbers();
    if (running == null || running.count() == 0) {
      throw a.needsData("the number of sequences is in a tensor");
    }
    long batch = running.integer(0);
    long[] lengths = new long[Math.toIntExact(batch)];
    Arrays.setAll(lengths, i -> (long) lengthOf(running, i));
    boolean batchFirst = a.flag(2, "batch_first", false);
    List<Long> shape =
        batchFirst ? List.of(batch, steps, data.extent(1)) : List.of(steps, batch, data.extent(1));
    List<@Nullable Object> both =
        List.of(
            Value.of(data.type(), shape),
            Value.of(OnnxType.INT64, List.of(batch), Numbers.of(lengths)));
    return ScriptTuple.of(both);
  }

  private static int lengthOf(Numbers running, int example) {
    int steps = 0;
    while (steps < running.count() && running.integer(steps) > example) {
      steps++;
    }
    return steps;
  }
}
