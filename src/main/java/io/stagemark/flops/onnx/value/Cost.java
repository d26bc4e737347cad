package io.stagemark.flops.onnx.value;

import io.stagemark.flops.Operations;

/**
 * What one execution of a node costs.
 *
 * @param operations by kind
 * @param validMacs the MACs that touch no padding and no masked position
 * @param note what a reader must know; empty if nothing
 * @param assumed what was taken for data that only a run has; empty if nothing was
 */
public record Cost(Operations operations, long validMacs, String note, String assumed) {
  /** Nothing: the node moves data or only renames it. */
  public static final Cost NOTHING = new Cost(Operations.NONE, 0, "", "");

  public Cost(Operations operations, long validMacs, String note) {
    this(operations, validMacs, note, "");
  }

  /** Operations whose every MAC is valid. */
  public static Cost of(Operations operations) {
    return new Cost(operations, Math.addExact(operations.macs(), operations.intMacs()), "");
  }

  /** Operations outside a contraction. */
  public static Cost of(long elementwise, long special, long comparisons) {
    return of(Operations.of(elementwise, special, comparisons));
  }

  public Cost plus(Operations more) {
    return new Cost(
        operations.plus(more), Shapes.add(validMacs, more.macs(), more.intMacs()), note, assumed);
  }

  public Cost noting(String remark) {
    return new Cost(operations, validMacs, remark, assumed);
  }

  /** Says what was taken for data: the count is then not complete. */
  public Cost assuming(String what) {
    return new Cost(operations, validMacs, note, what);
  }
}
