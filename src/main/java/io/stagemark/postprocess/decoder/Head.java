package io.stagemark.postprocess.decoder;

import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import java.util.List;
import java.util.Map;

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

  /** Returns the refusal of a layout: what the decoder reads against what the model has. */
  IllegalArgumentException mismatch(String expected) {
    return new LayoutException(
        "decoder '%s' of %d classes at %dx%d px reads %s"
            .formatted(type, classes, inputWidthPx, inputHeightPx, expected),
        outputs);
  }

  /** Returns whether an output is float32 of that many axes. */
  boolean isFloat(int index, int rank) {
    return index < outputs.size()
        && outputs.get(index).type() == ElementType.FLOAT32
        && outputs.get(index).shape().size() == rank;
  }

  /** Returns an extent of an output. */
  long extent(int output, int axis) {
    return outputs.get(output).shape().get(axis);
  }
}
