/**
 * Maps of text to turned rectangles.
 *
 * <pre>
 *   Head --check--&gt; TextMap
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.postprocess.decoder.text.TextMapFamily}.
 *
 * <p><b>May import:</b> {@code data}, {@code postprocess.decoder}, {@code postprocess.nms}, OpenCV
 * for contours. <b>Must not know:</b> suppression rules, images, engines.
 *
 * <p><b>Decisions:</b> 054 (one decoder of all heads with dense candidates, families as layouts).
 */
@NullMarked
package io.stagemark.postprocess.decoder.text;

import org.jspecify.annotations.NullMarked;
