package io.stagemark.postprocess.decoder;

import io.stagemark.data.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a decoder is made for.
 *
 * @param type name of the decoder, for messages
 * @param classes number of class names
 * @param outputs the model's real outputs, in its order
 * @param inputWidthPx of the model
 * @param inputHeightPx of the model
 * @param parameters of this decoder, from the model card
 */
public record Head(
    String type,
    int classes,
    List<TensorSpec> outputs,
    int inputWidthPx,
    int inputHeightPx,
    Map<String, Double> parameters) {
  public Head {
    outputs = List.copyOf(outputs);
    parameters = Map.copyOf(parameters);
  }

  /** Returns a parameter, which {@link Decoders} has filled in where the card leaves it out. */
  double parameter(String name) {
    Double value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "decoder '%s' is made without its parameter %s: make it by Decoders.create"
              .formatted(type, name));
    }
    return value;
  }

  /**
   * Returns the refusal of a layout: what the decoder reads against what the model has.
   *
   * @param ports the outputs that it reads
   */
  IllegalArgumentException mismatch(String expected, Port... ports) {
    return refusal(expected, () -> LayoutAdvice.of(this, List.of(ports), false));
  }

  /** Returns the refusal of a layout that has such outputs for each of several grids. */
  IllegalArgumentException mismatchOfGrids(String expected, Port... ports) {
    return refusal(expected, () -> LayoutAdvice.of(this, List.of(ports), true));
  }

  /** Returns the refusal of a layout whose shapes fit one by one. */
  IllegalArgumentException refusal(String expected, Supplier<String> advice) {
    return new LayoutException(
        "decoder '%s' of %d classes at %dx%d px reads %s"
            .formatted(type, classes, inputWidthPx, inputHeightPx, expected),
        this,
        advice);
  }

  /** Returns the refusal of class names where the decoder is of one class. */
  IllegalArgumentException notOneClass(String expected) {
    return refusal(
        expected,
        () ->
            "1 label: decoder '%s' finds objects of one class, the card has %d labels"
                .formatted(type, classes));
  }

  /** Returns whether an output is of floating-point numbers, read as float32, in so many axes. */
  boolean isFloat(int index, int rank) {
    return index < outputs.size()
        && outputs.get(index).type().isFloating()
        && outputs.get(index).shape().size() == rank;
  }

  /** Returns an extent of an output. */
  long extent(int output, int axis) {
    return outputs.get(output).shape().get(axis);
  }
}
