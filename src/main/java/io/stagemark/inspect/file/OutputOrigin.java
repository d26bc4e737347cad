package io.stagemark.inspect.file;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.walk.CallTable;
import io.stagemark.inspect.fact.OutputPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The operators that end an output, found by walking back from it. */
final class OutputOrigin {
  /** They move or convert elements: what they are given is computed by the operator before. */
  private static final Set<String> MOVES =
      Set.of(
          "Identity",
          "Cast",
          "CastLike",
          "Reshape",
          "Transpose",
          "Squeeze",
          "Unsqueeze",
          "Flatten",
          "Dropout",
          "QuantizeLinear",
          "DequantizeLinear");

  /** Moves that leave the axes where they are: a Concat before one still joins the same axis. */
  private static final Set<String> IN_PLACE =
      Set.of("Identity", "Cast", "CastLike", "Dropout", "QuantizeLinear", "DequantizeLinear");

  private static final int MAX_TAIL = 6;
  private static final int MAX_STEPS = 1000;
  private static final int MAX_PARTS = 64;

  private final CallTable table;

  OutputOrigin(CallTable table) {
    this.table = table;
  }

  /** Returns the operators that compute a value, the last first. */
  List<String> tail(String value) {
    List<String> tail = new ArrayList<>();
    Optional<Call> call = computing(value);
    while (call.isPresent() && tail.size() < MAX_TAIL) {
      tail.add(call.get().node().type());
      call = computing(firstVariable(call.get()));
    }
    return tail;
  }

  /** Returns what a Concat that ends the value joins; empty where none does. */
  List<OutputPart> parts(String value) {
    Optional<Call> call = computing(value);
    List<OutputPart> parts = new ArrayList<>();
    if (call.isPresent() && call.get().node().type().equals("Concat")) {
      collect(call.get(), parts);
    }
    return parts.size() > MAX_PARTS ? List.of() : parts;
  }

  /** A Concat of a Concat on the same axis joins the parts of both. */
  private void collect(Call concat, List<OutputPart> parts) {
    for (int i = 0; i < concat.inputs().size() && parts.size() <= MAX_PARTS; i++) {
      String name = concat.node().inputs().get(i);
      Optional<Call> inner = unmoved(name);
      if (inner.isPresent()
          && inner.get().node().type().equals("Concat")
          && axis(inner.get()) == axis(concat)) {
        collect(inner.get(), parts);
      } else {
        String operator = computing(name).map(call -> call.node().type()).orElse("");
        parts.add(new OutputPart(operator, extent(concat.inputs().get(i), axis(concat))));
      }
    }
  }

  private static int axis(Call concat) {
    int axis = (int) concat.node().integer("axis", 1);
    Value first = concat.inputs().isEmpty() ? Value.UNKNOWN : concat.inputs().get(0);
    return axis >= 0 || !first.isKnown() ? axis : axis + first.rank();
  }

  private static long extent(Value value, int axis) {
    return value.isKnown() && axis >= 0 && axis < value.rank() ? value.extent(axis) : -1;
  }

  private Optional<Call> computing(String value) {
    return before(value, MOVES);
  }

  private Optional<Call> unmoved(String value) {
    return before(value, IN_PLACE);
  }

  private Optional<Call> before(String value, Set<String> passed) {
    Optional<Call> call = table.maker(value);
    for (int i = 0; i < MAX_STEPS && call.isPresent(); i++) {
      if (!passed.contains(call.get().node().type())) {
        return call;
      }
      call = call.get().node().inputs().stream().findFirst().flatMap(table::maker);
    }
    return Optional.empty();
  }

  /** The way back goes through what depends on the model's input, not through a constant. */
  private static String firstVariable(Call call) {
    for (int i = 0; i < call.inputs().size(); i++) {
      Value input = call.inputs().get(i);
      if (input != Value.ABSENT && input.numbers() == null && input.origin() == null) {
        return call.node().inputs().get(i);
      }
    }
    return "";
  }
}
