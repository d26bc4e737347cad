/**
 * The walk through a graph: nodes in order, subgraphs, loops, live memory.
 *
 * <p>Start reading at {@link io.stagemark.flops.onnx.walk.GraphWalk}.
 */
@NullMarked
package io.stagemark.flops.onnx.walk;

import org.jspecify.annotations.NullMarked;
