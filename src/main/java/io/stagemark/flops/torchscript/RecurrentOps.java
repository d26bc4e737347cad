package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Recurrent layers and cells, each layer written as ONNX's operator. */
final class RecurrentOps {
  private static final Map<String, String> ONNX =
      Map.of("lstm", "LSTM", "gru", "GRU", "rnn_tanh", "RNN", "rnn_relu", "RNN");

  private RecurrentOps() {}

  static void register(Map<String, Operator> ops) {
    ONNX.keySet().forEach(name -> ops.put(name, RecurrentOps::layers));
    ONNX.keySet().forEach(name -> ops.put(name + "_cell", RecurrentOps::cell));
  }

  /** input, hidden, weights, has_biases, num_layers, dropout, train, bidirectional, batch_first. */
  private static Object layers(Arguments a) {
    if (a.get(1) instanceof Value && a.get(2) instanceof List<?>) {
      if (a.get(3) instanceof List<?>) {
        return a.unknown(); // packed: data, batch_sizes, hidden, weights
      }
    }
    Value x = a.tensor(0);
    List<Value> weights = a.tensors(2);
    boolean biases = a.flag(3, "has_biases", true);
    long layers = a.integer(4, "num_layers", 1);
    boolean both = a.flag(7, "bidirectional", false);
    boolean batchFirst = a.flag(8, "batch_first", false);
    int directions = both ? 2 : 1;
    int each = biases ? 4 : 2;
    if (weights.size() != layers * directions * each) {
      return a.unknown(); // a projection behind each cell
    }
    List<Long> turned = List.of(x.extent(1), x.extent(0), x.extent(2));
    a.tape().weights(weights);
    Value current = batchFirst ? x.viewedAs(turned) : x;
    Value last = current;
    for (int layer = 0; layer < layers; layer++) {
      int first = layer * directions * each;
      List<Value> outputs = layer(a, current, weights.subList(first, first + each), directions);
      Value y = outputs.get(0); // [T, D, B, H]
      last = outputs.get(1);
      current = y.viewedAs(List.of(y.extent(0), y.extent(2), directions * y.extent(3)));
    }
    Value out =
        batchFirst
            ? current.viewedAs(List.of(current.extent(1), current.extent(0), current.extent(2)))
            : current;
    Value state = last.viewedAs(List.of(layers * directions, last.extent(1), last.extent(2)));
    boolean cells = a.operator().equals("lstm");
    return ScriptTuple.of(cells ? List.of(out, state, state) : List.of(out, state));
  }

  /** Weights of one direction: input-hidden [G·H, I], hidden-hidden [G·H, H], maybe two biases. */
  private static List<Value> layer(Arguments a, Value x, List<Value> one, int directions) {
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
    String onnx = ONNX.getOrDefault(a.operator().replace("_cell", ""), "RNN");
    return a.tape().apply(onnx, a.where(), inputs, Map.of("hidden_size", r.extent(1)), 2);
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
    Value h = layer(a, step, weights, 1).get(1);
    Value state = h.viewedAs(List.of(h.extent(1), h.extent(2)));
    return a.operator().startsWith("lstm") ? ScriptTuple.of(List.of(state, state)) : state;
  }
}
