package io.stagemark.flops;

/**
 * The constants of a model.
 *
 * @param parameters elements of weights, biases, scales of normalisations and folded constants;
 *     each tensor once, however often it is used
 * @param parameterBytes their size as stored, in bytes (4-bit types packed)
 * @param statistics elements apart from the parameters: running means and variances of batch
 *     normalisations, quantisation scales and zero points
 * @param zeros parameters that are exactly zero (of a quantised tensor: stored as 0)
 */
public record Weights(long parameters, long parameterBytes, long statistics, long zeros) {

  /** Returns the ratio of zeros among the parameters, in [0, 1]; 0 where there are none. */
  public double sparsity() {
    return parameters == 0 ? 0 : (double) zeros / parameters;
  }
}
