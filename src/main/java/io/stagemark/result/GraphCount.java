package io.stagemark.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The operations of one graph: a model's file as written, or what the engine made of it. As JSON
 * the groups are flat.
 *
 * @param origin what was counted
 * @param perBatch of a whole batch
 * @param perImage the same divided by {@code origin.batch}
 * @param weights of the graph
 * @param arithmeticIntensity {@code flopsTotal} for each byte moved
 * @param uncounted operators without a rule, and how many of each; not empty: totals are lower
 *     bounds
 * @param warnings sentences that a reader of the figures must see
 */
public record GraphCount(
    @JsonUnwrapped Origin origin,
    CountFigures perBatch,
    CountFigures perImage,
    @JsonUnwrapped Weights weights,
    double arithmeticIntensity,
    Map<String, Long> uncounted,
    List<String> warnings) {
  public GraphCount {
    uncounted = Collections.unmodifiableMap(new TreeMap<>(uncounted));
    warnings = List.copyOf(warnings);
  }

  /**
   * What was counted.
   *
   * @param file the file that was counted
   * @param source {@code onnx}, {@code torchscript}, or {@code onnx executed}: the graph that ONNX
   *     Runtime's optimiser made of the file
   * @param shapesFrom {@code inference} (nothing was run) or {@code execution} (one profiled run)
   * @param batch examples in a batch
   */
  public record Origin(String file, String source, String shapesFrom, long batch) {}

  /**
   * The weights of a graph.
   *
   * @param parameters elements of weights, biases and folded constants
   * @param parameterBytes their size as stored
   * @param statistics elements of running means, variances, scales and zero points
   * @param sparsity ratio of the parameters that are exactly zero, in [0, 1]
   */
  public record Weights(long parameters, long parameterBytes, long statistics, double sparsity) {}
}
