/**
 * Binds preprocessing, decoding and scoring for one kind of model: detection, classification,
 * segmentation, tensors.
 *
 * <pre>
 *   file --decode--&gt; image --preprocess--&gt; input tensor | output tensor --postprocess--&gt; Prediction --Scorer--&gt; Score
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.task.Task}.
 *
 * <p><b>In:</b> a {@link io.stagemark.task.TaskSettings} and the session's tensors. <b>Out:</b> the
 * stages that the clock times, and scorers that run after it.
 *
 * <p><b>May import:</b> {@code data}, {@code spi}, {@code preprocess}, {@code postprocess}, {@code
 * scoring}. <b>Must not know:</b> engines, data sets, clocks, reports.
 */
@NullMarked
package io.stagemark.task;

import org.jspecify.annotations.NullMarked;
