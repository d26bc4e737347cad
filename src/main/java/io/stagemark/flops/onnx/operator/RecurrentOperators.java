package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.OnnxOperator.microsoft;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;

/**
 * LSTM, GRU and RNN: gates·H·(I + H) MACs for each direction, step and example; padded steps do not
 * count where the lengths are known.
 */
final class RecurrentOperators {
  private RecurrentOperators() {}

  static List<OnnxOperator> all() {
    return List.of(
        standard("LSTM", RecurrentOperators::outputs, RecurrentOperators::lstm)
            .weights(1, 2, 3, 7)
            .settings(4),
        standard("GRU", RecurrentOperators::outputs, RecurrentOperators::gru)
            .weights(1, 2, 3)
            .settings(4),
        standard("RNN", RecurrentOperators::outputs, RecurrentOperators::rnn)
            .weights(1, 2, 3)
            .settings(4),
        microsoft(
                "DynamicQuantizeLSTM",
                RecurrentOperators::outputs,
                call -> QuantizedOperators.integerOnly(lstm(call)))
            .weights(1, 2, 3));
  }

  private static List<Value> outputs(Call call) {
    Recurrence recurrence = Recurrence.of(call);
    long directions = recurrence.directions();
    long hidden = recurrence.hidden();
    boolean batchFirst = call.node().integer("layout", 0) == 1;
    long steps = recurrence.steps();
    long batch = recurrence.batch();
    List<Long> all =
        batchFirst
            ? List.of(batch, steps, directions, hidden)
            : List.of(steps, directions, batch, hidden);
    List<Long> last =
        batchFirst ? List.of(batch, directions, hidden) : List.of(directions, batch, hidden);
    OnnxType type = call.type(0);
    return List.of(Value.of(type, all), Value.of(type, last), Value.of(type, last));
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
