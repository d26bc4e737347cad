/**
 * Ratios and errors gathered example by example.
 *
 * <pre>
 *   scores, class --ClassificationScores--&gt; top-1, top-5, log loss, calibration, confusion
 *   class, class  --ConfusionMatrix-------&gt; accuracy, precision, recall, IoU
 *   scores of two cases --PairedDifference-&gt; mean change with an interval
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.scoring.metric.ClassificationScores}.
 *
 * <p><b>In:</b> class indices, scores. <b>Out:</b> ratios in [0, 1], nats; empty or NaN where
 * nothing was counted.
 *
 * <p><b>May import:</b> the rest of {@code scoring}. <b>Must not know:</b> files, tasks, engines.
 *
 * <p><b>Decisions:</b> equal scores go to the lower class index; a class without a union has no IoU
 * and is not averaged; edges of calibration bins are the doubles nearest to b / bins.
 */
@NullMarked
package io.stagemark.scoring.metric;

import org.jspecify.annotations.NullMarked;
