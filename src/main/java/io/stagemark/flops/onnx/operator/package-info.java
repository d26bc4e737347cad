/**
 * The operators by family: each {@code …Operators} registers a family, one {@code OnnxOperator} for
 * each operator with its shape, cost, constants and elements.
 *
 * <p>Start reading at {@link io.stagemark.flops.onnx.operator.OnnxOperators}. A new operator is one
 * more entry in {@code all()} of its family; a name that is registered twice is an error.
 */
@NullMarked
package io.stagemark.flops.onnx.operator;

import org.jspecify.annotations.NullMarked;
