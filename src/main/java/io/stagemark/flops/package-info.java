/**
 * What a forward costs by arithmetic: MACs, FLOPs, parameters, bytes, and what the machine makes of
 * them.
 *
 * <pre>
 *   .onnx --flops.onnx--&gt; OperationCount --&gt; run, cli --&gt; report
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.flops.OperationCount}, then {@link
 * io.stagemark.flops.onnx.OnnxFlops}.
 *
 * <p><b>In:</b> a model's file and the shapes of its inputs. <b>Out:</b> {@link
 * io.stagemark.flops.OperationCount}.
 *
 * <p><b>May import:</b> {@code data}, {@code engine}, {@code spi}, {@code stats}. <b>Must not
 * know:</b> configs, images, reports, nor any engine by its class: {@link
 * io.stagemark.flops.ProfilingEngines} finds those that can profile.
 *
 * <p><b>Decisions:</b> arithmetic is a vector by kind, never one blended number; an operator
 * without a rule is listed, never 0 in silence; nothing is run where the shapes follow from the
 * file.
 */
@NullMarked
package io.stagemark.flops;

import org.jspecify.annotations.NullMarked;
