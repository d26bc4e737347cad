/**
 * What an object is besides its box: its pixels, its key points, the rectangle around it.
 *
 * <pre>
 *   dataset, postprocess --ObjectMask, ObjectPose, Outline--&gt; data.Annotation, data.Detection --&gt; scoring, report
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.data.object.ObjectMask}.
 *
 * <p><b>In:</b> runs, outlines and points in pixels of the source image. <b>Out:</b> values that
 * files store and other folders compare and draw.
 *
 * <p><b>May import:</b> the JDK alone. <b>Must not know:</b> models, files, metrics.
 *
 * <p><b>Decisions:</b> 063 (rotated boxes are outlines), 065 (masks travel as COCO's text of runs).
 */
@NullMarked
package io.stagemark.data.object;

import org.jspecify.annotations.NullMarked;
