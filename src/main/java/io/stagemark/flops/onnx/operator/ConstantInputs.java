package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Origin;
import java.util.Optional;
import java.util.Set;

/**
 * What an operator's constant inputs are, by position from 0.
 *
 * @param weights parameters, even where they are integers or made by a node
 * @param statistics running means and variances, scales and zero points
 * @param settings numbers that another framework has as arguments
 * @param passed whether the output is made of the constants that it reads, in other places
 * @param tables whether a floating-point constant of more than one number is a parameter
 */
public record ConstantInputs(
    Set<Integer> weights,
    Set<Integer> statistics,
    Set<Integer> settings,
    boolean passed,
    boolean tables) {
  /** No constant of its own. */
  public static final ConstantInputs NONE =
      new ConstantInputs(Set.of(), Set.of(), Set.of(), false, false);

  ConstantInputs weights(Integer... inputs) {
    return new ConstantInputs(Set.of(inputs), statistics, settings, passed, tables);
  }

  ConstantInputs statistics(Integer... inputs) {
    return new ConstantInputs(weights, Set.of(inputs), settings, passed, tables);
  }

  ConstantInputs settings(Integer... inputs) {
    return new ConstantInputs(weights, statistics, Set.of(inputs), passed, tables);
  }

  ConstantInputs passing() {
    return new ConstantInputs(weights, statistics, settings, true, tables);
  }

  ConstantInputs ofTables() {
    return new ConstantInputs(weights, statistics, settings, passed, true);
  }

  /** Returns what a constant at an input is; empty where the operator does not say. */
  public Optional<Origin.ConstantUse> use(int input) {
    if (statistics.contains(input)) {
      return Optional.of(Origin.ConstantUse.STATISTIC);
    }
    if (settings.contains(input)) {
      return Optional.of(Origin.ConstantUse.SETTING);
    }
    return weights.contains(input) ? Optional.of(Origin.ConstantUse.WEIGHT) : Optional.empty();
  }
}
