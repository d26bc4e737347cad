package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;

/** LSTM, GRU and RNN. */
final class RecurrentShapes {
  private RecurrentShapes() {}

  static void register(OperatorTable<ShapeRule> rules) {
    List.of("LSTM", "GRU", "RNN", "DynamicQuantizeLSTM")
        .forEach(op -> rules.put(op, RecurrentShapes::outputs));
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
}
