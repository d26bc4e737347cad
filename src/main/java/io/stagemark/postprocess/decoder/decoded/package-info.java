/**
 * Families whose exports have decoded the boxes: YOLOv5, YOLOv8, SSD, YOLO-NAS, DETR.
 *
 * <pre>
 *   Head --check--&gt; Level, Scoring, PlainBoxes --&gt; dense.DenseDecoder
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.postprocess.decoder.decoded.YoloV8}.
 *
 * <p><b>May import:</b> {@code postprocess.decoder}, {@code dense}, {@code grid}. <b>Must not
 * know:</b> suppression rules, images, engines.
 *
 * <p><b>Decisions:</b> 054 (one decoder of all heads with dense candidates, families as layouts).
 */
@NullMarked
package io.stagemark.postprocess.decoder.decoded;

import org.jspecify.annotations.NullMarked;
