package io.stagemark.report;

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
    Optional<ModelCounts> counts) {}
