/**
 * What is known of a graph's values: type, shape, numbers, where they come from; and a node's call.
 *
 * <p>Start reading at {@link io.stagemark.flops.onnx.value.Value}.
 */
@NullMarked
package io.stagemark.flops.onnx.value;

import org.jspecify.annotations.NullMarked;
