/**
 * One run of the graph in a child JVM, where only a run knows the shapes or the times.
 *
 * <p>Start reading at {@link io.stagemark.flops.onnx.profiled.RunProcess}.
 */
@NullMarked
package io.stagemark.flops.onnx.profiled;

import org.jspecify.annotations.NullMarked;
