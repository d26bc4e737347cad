package io.stagemark.postprocess.decoder;

import io.stagemark.data.TensorSpec;
import java.util.Arrays;
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
 * @param parameters of this decoder, from the model card, as text
 */
public record Head(
    String type,
    int classes,
    List<TensorSpec> outputs,
    int inputWidthPx,
    int inputHeightPx,
    Map<String, String> parameters) {
  public Head {
    outputs = List.copyOf(outputs);
    parameters = Map.copyOf(parameters);
  }

  /** Returns a number of the card, or its default. */
  public double parameter(String name) {
    return Double.parseDouble(word(name));
  }

  /** Returns some numbers of the card, or their defaults; none where the decoder has a rule. */
  public List<Double> numbers(String name) {
    String text = word(name);
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(" ", -1)).map(Double::valueOf).toList();
  }

  /** Returns a parameter as text, which {@link Decoders} has filled in where the card has none. */
  public String word(String name) {
    String value = parameters.get(name);
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
  public LayoutException mismatch(String expected, Port... ports) {
    return refusal(expected, () -> LayoutAdvice.of(this, List.of(ports), false));
  }

  /** Returns the refusal of a layout that has such outputs for each of several grids. */
  public LayoutException mismatchOfGrids(String expected, Port... ports) {
    return refusal(expected, () -> LayoutAdvice.of(this, List.of(ports), true));
  }

  /**
   * Returns the refusal of a layout, to be thrown.
   *
   * @param expected what the decoder reads, such as {@code one output [N, boxes, 6]}
   * @param advice what to change: evaluated when a user is to see it
   */
  public LayoutException refusal(String expected, Supplier<String> advice) {
    return new LayoutException(
        "decoder '%s' of %d classes at %dx%d px reads %s"
            .formatted(type, classes, inputWidthPx, inputHeightPx, expected),
        this,
        advice);
  }

  /** Returns the refusal of class names where the decoder is of one class. */
  public LayoutException notOneClass(String expected) {
    return refusal(
        expected,
        () ->
            "1 label: decoder '%s' finds objects of one class, the card has %d labels"
                .formatted(type, classes));
  }

  /** Returns whether an output is of floating-point numbers, read as float32, in so many axes. */
  public boolean isFloat(int index, int rank) {
    return index < outputs.size()
        && outputs.get(index).type().isFloating()
        && outputs.get(index).shape().size() == rank;
  }

  /** Returns the extent of an output on an axis; the batch is axis 0. */
  public long extent(int output, int axis) {
    return outputs.get(output).shape().get(axis);
  }
}
