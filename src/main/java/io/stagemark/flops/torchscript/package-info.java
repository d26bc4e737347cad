/**
 * Counts a TorchScript file by following its code with shapes in place of data.
 *
 * <pre>
 *   TorchArchive --code--&gt; Parser --Statement--&gt; Interpreter --Operators--&gt; onnx.ShapeTape --&gt; OperationCount
 *                --pickle--&gt; Unpickler --modules, constants--^
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.flops.torchscript.TorchScriptFlops}, then {@code
 * Interpreter}. A new operator is a line in one of the {@code …Ops}: what it is in ONNX's terms.
 *
 * <p><b>In:</b> an untrusted zip file, and the shapes of its inputs. <b>Out:</b> {@link
 * io.stagemark.flops.OperationCount}, or a {@link io.stagemark.data.BadInputException}.
 *
 * <p><b>May import:</b> {@code data}, {@code flops}, {@code flops.onnx}. <b>Must not know:</b>
 * libtorch, configs, reports.
 *
 * <p><b>Decisions:</b> the code is followed, not run: see {@link
 * io.stagemark.flops.torchscript.TorchScriptFlops} for why. Operators are written in ONNX's terms,
 * so that one network has one count in both formats.
 */
@NullMarked
package io.stagemark.flops.torchscript;

import org.jspecify.annotations.NullMarked;
