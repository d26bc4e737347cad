/**
 * Counts an ONNX graph.
 *
 * <pre>
 *   OnnxFile --ModelProto--&gt; GraphWalk --Call (node, inputs, outputs)--&gt; CountingVisitor --&gt; OperationCount
 *                            ^ OnnxOperators, ControlFlow, Trace             ^ OnnxOperators
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.flops.onnx.OnnxFlops}, then {@code GraphWalk}. A new
 * operator is an {@code OnnxOperator}: shape, cost and constants in one place.
 *
 * <p><b>In:</b> an untrusted file. <b>Out:</b> {@link io.stagemark.flops.OperationCount}, or a
 * {@link io.stagemark.data.BadInputException}.
 *
 * <p><b>May import:</b> {@code data}, {@code flops}, {@code engine}, {@code stats}. <b>Must not
 * know:</b> configs, reports.
 *
 * <p><b>Decisions:</b> the protobuf is parsed by protobuf-java over the mapped file, after a walk
 * over the wire format that bounds what it may allocate; weights are never copied. Shapes come from
 * inference, which costs milliseconds, and from a profiled run only where inference cannot know.
 */
@NullMarked
package io.stagemark.flops.onnx;

import org.jspecify.annotations.NullMarked;
