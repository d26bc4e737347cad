package io.stagemark.flops;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one forward of a model costs, for a whole batch.
 *
 * <p>Conventions: a MAC is one multiplication and one addition; {@link #flops} is 2 × MAC; {@link
 * #flopsTotal} adds elementwise and special operations. Divide by {@link #batch} for an image.
 *
 * @param source what was counted: {@code onnx}, {@code onnx executed}, {@code torchscript}
 * @param shapesFrom {@code inference} (nothing was run) or {@code execution} (one profiled run)
 * @param batch examples in one forward: the leading extent of the model's first input, at least 1
 * @param total all operators together
 * @param validMacs the MACs (float and integer) that touch no padding and no masked position
 * @param weights parameters and their bytes
 * @param memory activations and traffic
 * @param uncounted operators without a rule or without shapes, and how many nodes of each; a
 *     non-empty map makes every total a lower bound
 * @param perOp every operator, in the order of execution
 * @param incompleteBecause why the figures are not those of every input of these shapes: the count
 *     stopped, took a number for one that the user did not give, or met what cannot be; one clause
 *     each
 * @param warnings sentences that a reader of the figures must see
 */
public record OperationCount(
    String source,
    String shapesFrom,
    long batch,
    Operations total,
    long validMacs,
    Weights weights,
    Memory memory,
    Map<String, Long> uncounted,
    List<String> incompleteBecause,
    List<NodeCount> perOp,
    List<String> warnings) {

  /** The convention of every figure here, for every rendering. */
  public static final String CONVENTION =
      "1 MAC = 1 multiplication + 1 addition; flops = 2 x MAC; flopsTotal = 2 x MAC + elementwise"
          + " + special; padding counted (validMacs: without)";

  /** How the warning begins that shapes are missing. */
  public static final String NEEDS_RUN = "only a run shows the shapes of ";

  public OperationCount {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, was " + batch);
    }
    uncounted = Collections.unmodifiableMap(new TreeMap<>(uncounted));
    incompleteBecause = List.copyOf(incompleteBecause);
    perOp = List.copyOf(perOp);
    warnings = List.copyOf(warnings);
  }

  /**
   * Returns the count of a file that could not be followed: nothing is counted, and it says so.
   *
   * @param reason for people
   */
  public static OperationCount uncountable(String source, long batch, String reason) {
    return new OperationCount(
        source,
        "inference",
        batch,
        Operations.NONE,
        0,
        new Weights(0, 0, 0, 0),
        new Memory(0, 0, 0),
        Map.of("the whole file", 1L),
        List.of(),
        List.of(),
        List.of("not counted: " + reason));
  }

  /** Returns floating-point multiply-accumulates of the batch. */
  public long macs() {
    return total.macs();
  }

  /** Returns 2 × MAC of the batch. */
  public long flops() {
    return total.flops();
  }

  /** Returns 2 × MAC + elementwise + special of the batch. */
  public long flopsTotal() {
    return total.flopsTotal();
  }

  /** Returns the elements of weights, biases and folded constants; no statistics. */
  public long parameters() {
    return weights.parameters();
  }

  /** Returns MACs for one image; a fraction where a node's work does not depend on the batch. */
  public double macsPerImage() {
    return (double) total.macs() / batch;
  }

  /** Returns 2 × MAC for one image. */
  public double flopsPerImage() {
    return (double) total.flops() / batch;
  }

  /** Returns FLOPs (total) for each byte moved; 0 where nothing moves. */
  public double arithmeticIntensity() {
    return memory.bytesMoved() == 0 ? 0 : (double) flopsTotal() / memory.bytesMoved();
  }

  /** Returns whether a run could count more. */
  public boolean needsRun() {
    return warnings.stream().anyMatch(warning -> warning.startsWith(NEEDS_RUN));
  }

  /** Returns the same count with one more warning. */
  public OperationCount withWarning(String warning) {
    List<String> more = new ArrayList<>(warnings);
    more.add(warning);
    return with(incompleteBecause, more);
  }

  /** Returns the same count with one more reason why it is not complete. */
  public OperationCount incomplete(String because) {
    List<String> more = new ArrayList<>(incompleteBecause);
    more.add(because);
    return with(more, warnings);
  }

  private OperationCount with(List<String> reasons, List<String> sentences) {
    return new OperationCount(
        source,
        shapesFrom,
        batch,
        total,
        validMacs,
        weights,
        memory,
        uncounted,
        reasons,
        perOp,
        sentences);
  }

  /**
   * Returns whether every operator was counted, and by shapes that hold whatever the inputs hold.
   * Where {@link #uncounted} names operators, every total is a lower bound.
   */
  public boolean complete() {
    return uncounted.isEmpty() && incompleteBecause.isEmpty();
  }
}
