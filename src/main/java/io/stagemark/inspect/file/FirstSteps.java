package io.stagemark.inspect.file;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.walk.CallTable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a graph does to its input before the network begins: preprocessing inside the graph. */
final class FirstSteps {
  private static final Set<String> ALONE =
      Set.of(
          "Cast",
          "Transpose",
          "Resize",
          "Upsample",
          "Unsqueeze",
          "Squeeze",
          "Identity",
          "Clip",
          "Pad",
          "DecodeJpeg",
          "ImageDecoder",
          "QuantizeLinear",
          "DequantizeLinear");

  private static final Set<String> WITH_CONSTANT = Set.of("Div", "Mul", "Sub", "Add", "Gather");

  private static final int MAX_STEPS = 12;
  private static final int MAX_NUMBERS = 3;

  private final CallTable table;

  FirstSteps(CallTable table) {
    this.table = table;
  }

  /** Returns such as {@code Cast}, {@code Div 255}, {@code Sub 0.485 0.456 0.406}. */
  List<String> of(String input) {
    List<String> steps = new ArrayList<>();
    String value = input;
    for (int i = 0; i < MAX_STEPS; i++) {
      List<Call> readers = readers(value);
      if (readers.size() != 1) {
        break;
      }
      Call reader = readers.get(0);
      String type = reader.node().type();
      if (ALONE.contains(type)) {
        steps.add(type);
      } else if (WITH_CONSTANT.contains(type) && !constant(reader).isEmpty()) {
        steps.add(type + " " + constant(reader));
      } else {
        break;
      }
      value = reader.node().outputs().get(0);
    }
    // a step that converts nothing is no preprocessing
    return steps.stream().filter(step -> !step.equals("Identity")).toList();
  }

  /** A graph with open sides asks for the shape of its input: that does nothing to it. */
  private List<Call> readers(String value) {
    return table.calls().stream()
        .filter(call -> call.node().inputs().contains(value))
        .filter(call -> !call.node().type().equals("Shape"))
        .toList();
  }

  /** Five digits, without the zeros that end a fraction. */
  private static String text(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(5)).stripTrailingZeros();
    boolean plain = number == 0 || (Math.abs(number) >= 1e-4 && Math.abs(number) < 1e9);
    return plain ? rounded.toPlainString() : rounded.toString();
  }

  private static String constant(Call call) {
    for (Value input : call.inputs()) {
      Numbers numbers = input.numbers();
      if (numbers != null && numbers.count() > 0 && numbers.count() <= MAX_NUMBERS) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < numbers.count(); i++) {
          texts.add(text(numbers.real(i)));
        }
        return String.join(" ", texts);
      }
    }
    return "";
  }
}
