/**
 * Families that predict boxes from the cells of grids: YOLOX, NanoDet, FCOS, SCRFD, YuNet,
 * CenterNet.
 *
 * <pre>
 *   Head --check--&gt; Grid, Level, Scoring --&gt; dense.DenseDecoder
 *                   maps of CenterNet    --&gt; PeakDecoder
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.postprocess.decoder.grid.YoloX}.
 *
 * <p><b>May import:</b> {@code postprocess.decoder}, {@code dense}. <b>Must not know:</b>
 * suppression rules, images, engines.
 *
 * <p><b>Decisions:</b> 054 (one decoder of all heads with dense candidates, families as layouts).
 */
@NullMarked
package io.stagemark.postprocess.decoder.grid;

import org.jspecify.annotations.NullMarked;
