/**
 * Networks that end in their selection: what comes out is the detections.
 *
 * <pre>
 *   Head --check--&gt; Selection --&gt; SelectedDecoder
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.postprocess.decoder.selected.SelectedBoxes}.
 *
 * <p><b>May import:</b> {@code data}, {@code postprocess.decoder}, {@code dense}, {@code
 * postprocess.nms}. <b>Must not know:</b> suppression rules, images, engines.
 *
 * <p><b>Decisions:</b> 054 (one decoder of all heads with dense candidates, families as layouts).
 */
@NullMarked
package io.stagemark.postprocess.decoder.selected;

import org.jspecify.annotations.NullMarked;
