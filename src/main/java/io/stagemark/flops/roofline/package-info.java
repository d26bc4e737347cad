/**
 * What the machine makes of a model's operations: time by operator, and how far from the best that
 * this engine reaches on this machine.
 *
 * <pre>
 *   GemmPeak (of an engine's MatrixProduct), TriadBandwidth --&gt; MachinePeak --+
 *   NodeTimes, TorchTimes (of an engine's profiler) --time by operator--------+--&gt; Roofline
 *   OnnxFlops, TorchScriptFlops --operations by operator----------------------+
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.flops.roofline.RooflineProbe}.
 *
 * <p><b>In:</b> an ONNX or TorchScript file, input shapes, threads. <b>Out:</b> {@link
 * io.stagemark.flops.roofline.Roofline}.
 *
 * <p><b>May import:</b> {@code data}, {@code engine}, {@code flops}, {@code stats}. <b>Must not
 * know:</b> configs, reports; it never runs inside a timed pass.
 *
 * <p><b>Decisions:</b> the peak is what the same engine reaches with the same threads and type, not
 * a data sheet's figure, which a virtual machine does not know. The model is Williams, Waterman and
 * Patterson 2009, Roofline, CACM 52(4).
 */
@NullMarked
package io.stagemark.flops.roofline;

import org.jspecify.annotations.NullMarked;
