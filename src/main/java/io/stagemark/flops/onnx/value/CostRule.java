package io.stagemark.flops.onnx.value;

/** What an operator costs, from its shapes and attributes. */
@FunctionalInterface
public interface CostRule {
  /** No arithmetic: the operator moves or renames elements. */
  CostRule NOTHING = call -> Cost.NOTHING;

  /**
   * Returns the cost of one execution.
   *
   * @throws UnknownShape if a shape or element that the rule needs is not known
   */
  Cost of(Call call);
}
