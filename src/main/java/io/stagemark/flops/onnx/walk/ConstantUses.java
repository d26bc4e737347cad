package io.stagemark.flops.onnx.walk;

import io.stagemark.flops.onnx.operator.ConstantInputs;
import io.stagemark.flops.onnx.operator.OnnxOperators;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Origin;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which inputs of an operator are weights, which statistics, which mere settings. */
final class ConstantUses {
  private ConstantUses() {}

  /**
   * Returns the outputs of a call, known to be made of constants where all that it reads is one.
   */
  static List<Value> passedOn(Call call, List<Value> outputs) {
    boolean passed = OnnxOperators.constants(call.node().type()).passed();
    if (!passed || !call.node().domain().equals(Node.STANDARD)) {
      return outputs;
    }
    List<Origin> origins = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      Value input = call.inputs().get(i);
      Origin origin = input.origin();
      if (input != Value.ABSENT && origin == null && input.numbers() == null) {
        return outputs;
      }
      if (origin != null && (i == 0 || call.node().type().equals("Concat"))) {
        origins.add(origin);
      }
    }
    if (origins.isEmpty()) {
      return outputs;
    }
    Origin joined = Origin.joined(origins);
    return outputs.stream().map(output -> output.from(joined)).toList();
  }

  /** Marks the constants that a call reads by what it reads them as. */
  static void mark(Call call) {
    String type = call.node().type();
    ConstantInputs constants = OnnxOperators.constants(type);
    boolean moved =
        constants.passed() && call.outputs().stream().anyMatch(out -> out.origin() != null);
    for (int i = 0; i < call.inputs().size(); i++) {
      Origin origin = call.inputs().get(i).origin();
      if (origin == null) {
        continue;
      }
      origin.read();
      Optional<Origin.ConstantUse> use = constants.use(i);
      if (use.isPresent()) {
        origin.usedAs(use.get());
      } else if (!moved && constants.tables() && isTable(type, i, origin)) {
        origin.usedAs(Origin.ConstantUse.WEIGHT);
      }
    }
  }

  private static boolean isTable(String type, int index, Origin origin) {
    boolean quantised =
        type.equals("Gather")
            && index == 0
            && origin.type().isInteger()
            && origin.type().bits() <= 8;
    return (origin.type().isFloat() || quantised) && origin.elements() > 1;
  }
}
