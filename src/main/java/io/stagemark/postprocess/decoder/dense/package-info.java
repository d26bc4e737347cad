/**
 * Heads that have scores and a box for every candidate, whatever the family.
 *
 * <pre>
 *   Level (where) + Scoring (how scores) + BoxCoding (how boxes) --&gt; DenseDecoder
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.postprocess.decoder.dense.DenseDecoder}.
 *
 * <p><b>May import:</b> {@code data}, {@code postprocess.decoder}, {@code postprocess.nms}. <b>Must
 * not know:</b> suppression rules, images, engines.
 *
 * <p><b>Decisions:</b> 054 (one decoder of all heads with dense candidates, families as layouts).
 */
@NullMarked
package io.stagemark.postprocess.decoder.dense;

import org.jspecify.annotations.NullMarked;
