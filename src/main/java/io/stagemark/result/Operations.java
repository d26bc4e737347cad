package io.stagemark.result;

import java.util.Map;
import java.util.Optional;

/**
 * Operations of a model's graph for one image.
 *
 * @param graph the file that was counted
 * @param macs multiply-accumulates of convolutions and matrix products, per image
 * @param flops 2 × {@code macs}, per image
 * @param parameters elements of the weights
 * @param uncounted operators without a rule, and how many nodes each
 * @param counts every other figure; empty in results of older programs
 */
public record Operations(
    String graph,
    long macs,
    long flops,
    long parameters,
    Map<String, Long> uncounted,
    Optional<ModelCounts> counts) {

  /**
   * Returns 2 × the integer multiply-accumulates of an image, which {@code flops} does not count: 0
   * of a model without them, and in results of older programs.
   */
  public long integerOperations() {
    return counts.stream()
        .flatMap(all -> all.graphs().stream())
        .filter(of -> of.origin().file().equals(graph))
        .findFirst()
        .map(of -> 2 * of.perImage().intMacs().longValue())
        .orElse(0L);
  }

  /** Returns whether every counted operation works on integers: a quantised model. */
  public boolean isOfIntegers() {
    return flops == 0 && integerOperations() > 0;
  }
}
