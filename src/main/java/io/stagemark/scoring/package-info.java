/**
 * How right a model is: activations, losses, metrics, detection scores.
 *
 * <pre>
 *   ScoreTensor --activation--&gt; --Loss--&gt; LossResult                      loss, activation
 *   labels and scores, example by example --metric--&gt; ratios              metric
 *   dense candidates, detections --DenseDetectionLoss, CocoAp--&gt; figures   detection
 *   blocks of logits --LogitKernel--&gt; sums                                kernel
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.scoring.Loss}, the extension point; {@code loss} has one
 * file a loss.
 *
 * <p><b>In:</b> predictions and truth, after the clock. <b>Out:</b> figures in double.
 *
 * <p><b>May import:</b> {@code data}, {@code spi}. <b>Must not know:</b> engines, data sets, files,
 * clocks, reports: scoring never touches the timed window.
 *
 * <p><b>Decisions:</b> everything is accumulated in double; a number that is not allowed is an
 * error that names the element; limits (logits at ±∞, nothing to average) are defined, not
 * accidents.
 */
@NullMarked
package io.stagemark.scoring;

import org.jspecify.annotations.NullMarked;
