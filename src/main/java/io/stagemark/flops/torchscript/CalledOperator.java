package io.stagemark.flops.torchscript;

/**
 * One call of an operator on tensors, as the code does it.
 *
 * @param operator its name, such as {@code conv2d} or {@code relu_}
 * @param where the name that a count gives it, such as {@code layer1/0/conv2d}
 */
public record CalledOperator(String operator, String where) {}
