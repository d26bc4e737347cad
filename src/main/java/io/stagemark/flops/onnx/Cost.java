package io.stagemark.flops.onnx;

import io.stagemark.flops.Operations;

/**
 * What one execution of a node costs.
 *
 * @param operations by kind
 * @param validMacs the MACs that touch no padding and no masked position
 * @param note what a reader must know; empty if nothing
 */
record Cost(Operations operations, long validMacs, String note) {
  /** Nothing: the node moves data or only renames it. */
  static final Cost NOTHING = new Cost(Operations.NONE, 0, "");

  /** Operations whose every MAC is valid. */
  static Cost of(Operations operations) {
    return new Cost(operations, Math.addExact(operations.macs(), operations.intMacs()), "");
  }

  /** Operations outside a contraction. */
  static Cost of(long elementwise, long special, long comparisons) {
    return of(Operations.of(elementwise, special, comparisons));
  }

  Cost plus(Operations more) {
    return new Cost(
        operations.plus(more), Shapes.add(validMacs, more.macs(), more.intMacs()), note);
  }

  Cost noting(String remark) {
    return new Cost(operations, validMacs, remark);
  }
}
