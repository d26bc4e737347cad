package io.stagemark.inspect.fact;

import java.util.List;

/**
 * One of the tensors that the last Concat of an output joins.
 *
 * @param operator that computes it, such as {@code Sigmoid}; empty where it is not known
 * @param extent on the axis of the Concat; −1 where it is not known
 */
public record OutputPart(String operator, long extent) {

  /** Returns the sum of the parts' extents; −1 where one is not known. */
  public static long sum(List<OutputPart> parts) {
    long sum = 0;
    for (OutputPart part : parts) {
      if (part.extent() < 0) {
        return -1;
      }
      sum += part.extent();
    }
    return sum;
  }
}
