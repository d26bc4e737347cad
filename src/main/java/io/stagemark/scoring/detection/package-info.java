/**
 * Scores of object detectors: losses over dense candidates, COCO average precision.
 *
 * <pre>
 *   DenseCandidates + annotations --DenseDetectionLoss--&gt; DenseLossResult   (an image)
 *   detections      + annotations --CocoAp------------&gt; CocoResult        (a data set)
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.scoring.detection.DenseDetectionLoss} and {@link
 * io.stagemark.scoring.detection.CocoAp}.
 *
 * <p><b>In:</b> boxes in source pixels, scores as the engine gave them. <b>Out:</b> sums, counts
 * and ratios; nothing printed.
 *
 * <p><b>May import:</b> {@code data}, the rest of {@code scoring}. <b>Must not know:</b> files,
 * engines, tasks, clocks.
 *
 * <p><b>Decisions:</b> crowd regions take no part in the assignment of candidates; an image is
 * matched when it is added, so that memory grows by 28 bytes a detection; an undefined COCO figure
 * is −1, as in pycocotools.
 */
@NullMarked
package io.stagemark.scoring.detection;

import org.jspecify.annotations.NullMarked;
