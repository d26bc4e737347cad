/**
 * The values that travel between the stages: tensors, boxes, detections, truths, scores.
 *
 * <pre>
 *   Tensor   preprocess --&gt; engine --&gt; postprocess
 *   Geometry preprocess --&gt; postprocess      (model pixels back to source pixels)
 *   Truth    dataset    --&gt; task --&gt; scoring
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.data.Tensor}.
 *
 * <p><b>In and out:</b> nothing but values; a box outside {@code postprocess} is {@code left, top,
 * right, bottom} in source-image pixels.
 *
 * <p><b>May import:</b> the JDK alone. <b>Must not know:</b> every other package.
 *
 * <p><b>Decisions:</b> a tensor is a view of memory that somebody else owns, so that nothing is
 * copied between preprocessing, engine and decoding (docs/decisions/008-zero-copies.md).
 */
@NullMarked
package io.stagemark.data;

import org.jspecify.annotations.NullMarked;
