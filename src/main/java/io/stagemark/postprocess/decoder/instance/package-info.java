/**
 * Heads that find more of an object than its box: YOLO's masks, key points and rotated boxes.
 *
 * <pre>
 *   boxes of dense, selected + columns behind the classes --InstanceDecoder--&gt; BoxPostprocessor --&gt; masks, key points
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.postprocess.decoder.instance.MaskHeads}.
 *
 * <p><b>In:</b> outputs of one family. <b>Out:</b> boxes as of any decoder, and where the masks and
 * key points of a candidate are.
 *
 * <p><b>May import:</b> {@code decoder}, {@code dense}, {@code selected}. <b>Must not know:</b>
 * pictures, metrics.
 *
 * <p><b>Decisions:</b> 063 (rotated boxes are outlines), 065 (masks are made in the picture's
 * pixels, after the suppression).
 */
@NullMarked
package io.stagemark.postprocess.decoder.instance;

import org.jspecify.annotations.NullMarked;
