/**
 * ONNX Runtime behind the engine seam.
 *
 * <pre>
 *   .onnx --&gt; OnnxRuntimeModel (one native session)
 *               |-- OnnxRuntimeSession: input memory --run--&gt; pinned output memory
 *               `-- OnnxRuntimeSession ...
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.engine.onnxruntime.OnnxRuntimeEngine}.
 *
 * <p><b>In:</b> an ONNX file, a model card's tensors. <b>Out:</b> tensors over memory that the
 * runtime reads and writes.
 *
 * <p><b>May import:</b> {@code engine}, {@code data}, {@code ai.onnxruntime}, which no other
 * package may. <b>Must not know:</b> DJL, what the tensors mean.
 *
 * <p><b>Decisions:</b> outputs are pinned, so that an output is the same memory for a session's
 * life; it does not start with the runtime's telemetry on; spinning is off unless asked for.
 */
@NullMarked
package io.stagemark.engine.onnxruntime;

import org.jspecify.annotations.NullMarked;
