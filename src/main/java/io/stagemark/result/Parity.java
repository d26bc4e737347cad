package io.stagemark.result;

import java.util.List;

/**
 * How far two engines' raw outputs are apart on the same weights and the same inputs.
 *
 * @param model name of the model card
 * @param reference id of the case that is compared with
 * @param candidate id of the other case
 * @param examples how many examples were compared
 * @param sameInputs whether both engines saw bit-identical input tensors
 * @param outputs one entry a model output
 */
public record Parity(
    String model,
    String reference,
    String candidate,
    int examples,
    boolean sameInputs,
    List<Output> outputs) {
  public Parity {
    outputs = List.copyOf(outputs);
  }

  /**
   * One model output.
   *
   * @param name the model's name for it
   * @param maxAbsoluteDifference largest |a − b| over all elements of all compared examples; NaN if
   *     one side is NaN where the other is not
   */
  public record Output(String name, double maxAbsoluteDifference) {}

  /** Returns the largest difference over all outputs. */
  public double maxAbsoluteDifference() {
    return outputs.stream().mapToDouble(Output::maxAbsoluteDifference).reduce(0, Math::max);
  }
}
