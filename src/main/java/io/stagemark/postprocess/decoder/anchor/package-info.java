/**
 * Families that predict boxes from anchors: YOLOv5 before its last layer, SSD, RetinaNet, YuNet of
 * 2022.
 *
 * <pre>
 *   Head --check--&gt; Places of anchors, Level, Scoring --&gt; dense.DenseDecoder
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.postprocess.decoder.anchor.YoloGrids}.
 *
 * <p><b>May import:</b> {@code postprocess.decoder}, {@code dense}, {@code decoded}, {@code grid}.
 * <b>Must not know:</b> suppression rules, images, engines.
 *
 * <p><b>Decisions:</b> 054 (one decoder of all heads with dense candidates, families as layouts).
 */
@NullMarked
package io.stagemark.postprocess.decoder.anchor;

import org.jspecify.annotations.NullMarked;
