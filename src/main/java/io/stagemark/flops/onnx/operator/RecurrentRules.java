package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Shapes;

/**
 * LSTM, GRU and RNN: gates·H·(I + H) MACs for each direction, step and example; padded steps do not
 * count where the lengths are known.
 */
final class RecurrentRules {
  private RecurrentRules() {}

  static void register(OperatorTable<CostRule> rules) {
    rules.put("LSTM", RecurrentRules::lstm);
    rules.put("GRU", RecurrentRules::gru);
    rules.put("RNN", RecurrentRules::rnn);
    rules.put("com.microsoft.DynamicQuantizeLSTM", call -> QuantizedRules.integerOnly(lstm(call)));
  }

  private static Cost lstm(Call call) {
    Recurrence r = Recurrence.of(call);
    long bias = call.has(3) ? 8 * r.hidden() : 0;
    long peephole = call.has(7) ? 6 * r.hidden() : 0;
    long elementwise = Shapes.add(bias, 8 * r.hidden(), peephole);
    return cost(call, r, 4, elementwise, 5 * r.hidden());
  }

  private static Cost gru(Call call) {
    Recurrence r = Recurrence.of(call);
    long bias = call.has(3) ? 6 * r.hidden() : 0;
    return cost(call, r, 3, bias + 7 * r.hidden(), 3 * r.hidden());
  }

  private static Cost rnn(Call call) {
    Recurrence r = Recurrence.of(call);
    long bias = call.has(3) ? 2 * r.hidden() : 0;
    return cost(call, r, 1, bias + r.hidden(), r.hidden());
  }

  private static Cost cost(Call call, Recurrence r, long gates, long elementwise, long special) {
    long cells = Shapes.multiply(r.directions(), r.executedSteps());
    long macs = Shapes.multiply(cells, gates, r.hidden(), Math.addExact(r.inputs(), r.hidden()));
    Cost cost =
        Cost.of(
            new Operations(
                macs, 0, Shapes.multiply(cells, elementwise), Shapes.multiply(cells, special), 0));
    boolean padded = call.has(4) && call.inputs().get(4).numbers() == null;
    return padded
        ? cost.noting("sequence_lens not known: every step counted")
            .assuming("the lengths of the sequences are data: every step counted")
        : cost;
  }
}
