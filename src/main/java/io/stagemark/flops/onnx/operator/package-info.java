/**
 * The operators by family: {@code …Shapes} infer what an operator returns, {@code …Rules} count
 * what it costs.
 *
 * <p>Start reading at {@link io.stagemark.flops.onnx.operator.OperatorRules}. A new operator is a
 * shape rule and a cost rule.
 */
@NullMarked
package io.stagemark.flops.onnx.operator;

import org.jspecify.annotations.NullMarked;
