/**
 * Non-maximum suppression: one rule a file.
 *
 * <pre>
 *   BoxList --ScoreOrder--&gt; best first --HardNms, SoftNms, …--&gt; indices of the boxes kept
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.postprocess.nms.HardNms}.
 *
 * <p><b>In:</b> boxes in any one unit of length. <b>Out:</b> indices into them, best score first.
 *
 * <p><b>May import:</b> {@code data}'s {@code LapProbe} and {@code VectorApi}. <b>Must not
 * know:</b> tensors, models, images.
 *
 * <p><b>Decisions:</b> every variant says its own rule for ties, empty boxes and NaN scores,
 * because the originals differ.
 */
@NullMarked
package io.stagemark.postprocess.nms;

import org.jspecify.annotations.NullMarked;
