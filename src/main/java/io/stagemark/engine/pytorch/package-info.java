/**
 * PyTorch's libtorch, through DJL's JNI, behind the engine seam.
 *
 * <pre>
 *   LibTorch (one in a JVM, one thread count)
 *   .pt --&gt; PyTorchModel (one module)
 *             |-- PyTorchSession: input memory --forward--&gt; OutputReader: views of what came out
 *             `-- PyTorchSession ...
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.engine.pytorch.PyTorchEngine}.
 *
 * <p><b>In:</b> a TorchScript file, a model card's tensors. <b>Out:</b> tensors over libtorch's own
 * memory.
 *
 * <p><b>May import:</b> {@code engine}, {@code data}, {@code ai.djl}, which no other package may.
 * <b>Must not know:</b> ONNX Runtime, what the tensors mean.
 *
 * <p><b>Decisions:</b> DJL's {@code forward} of values, not its predictor, which copies and takes
 * longer; everything a forward made is freed when the next one starts; the card is held against one
 * forward on zeros, because the file declares nothing.
 */
@NullMarked
package io.stagemark.engine.pytorch;

import org.jspecify.annotations.NullMarked;
