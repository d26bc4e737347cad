/**
 * The operators by family, each in ONNX's terms.
 *
 * <p>Start reading at {@link io.stagemark.flops.torchscript.operator.Operators}.
 */
@NullMarked
package io.stagemark.flops.torchscript.operator;

import org.jspecify.annotations.NullMarked;
