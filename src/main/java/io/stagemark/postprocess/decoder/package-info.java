/**
 * Outputs of detectors to boxes in model pixels: what a decoder is. The families are in folders by
 * the way in which they write boxes, one a file: {@code decoded}, {@code grid}, {@code anchor},
 * {@code selected}, {@code text}; {@code dense} is what those with all candidates have in common.
 *
 * <pre>
 *   List&lt;TensorSpec&gt; --check--&gt; BoxDecoder --outputs of a slot--&gt; BoxList, DenseCandidates
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.postprocess.decoder.Decoder}, what the registry finds by
 * name, and {@link io.stagemark.postprocess.decoder.BoxDecoder}, what it makes for one model.
 *
 * <p><b>In:</b> the engine's output tensors, read in place. <b>Out:</b> candidates above a score.
 *
 * <p><b>May import:</b> {@code data}, {@code postprocess.nms}, {@code spi}. <b>Must not know:</b>
 * suppression rules, images, engines.
 *
 * <p><b>Decisions:</b> a decoder checks its layout once, when it is made, against the real shapes;
 * after that it neither checks nor allocates.
 */
@NullMarked
package io.stagemark.postprocess.decoder;

import org.jspecify.annotations.NullMarked;
