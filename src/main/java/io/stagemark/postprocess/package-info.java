/**
 * Raw model outputs to predictions in source-image pixels.
 *
 * <pre>
 *   Tensor --decoder.BoxDecoder--&gt; nms.BoxList --nms--&gt; kept boxes --Geometry--&gt; List&lt;Detection&gt;
 *                 |
 *                 +--&gt; DenseCandidates (all candidates x classes, for the losses)
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.postprocess.BoxPostprocessor}; the decoders, one a file,
 * are in {@code decoder}, suppression and its variants in {@code nms}.
 *
 * <p><b>In:</b> the engine's outputs, read where they are, and the {@link
 * io.stagemark.data.Geometry} of the image. <b>Out:</b> {@link io.stagemark.data.Detection}s in
 * source pixels; a box in model pixels never leaves this package. A mask stays as the model made
 * it, for its scores are of those pixels; pictures of it are drawn in source pixels by {@code
 * report}.
 *
 * <p><b>May import:</b> {@code data}, {@code spi}; OpenCV for contours of text maps. <b>Must not
 * know:</b> engines, files, clocks, truth.
 *
 * <p><b>Decisions:</b> suppression is exact, a class at a time (no class-offset trick), in float32
 * with ties to the lower index as torchvision has them; there is never a time limit. A candidate
 * whose score or box is not finite is dropped and counted.
 */
@NullMarked
package io.stagemark.postprocess;

import org.jspecify.annotations.NullMarked;
