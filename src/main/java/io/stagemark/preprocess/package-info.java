/**
 * Image files to the engine's input memory.
 *
 * <pre>
 *   file --ImageDecoder--&gt; 8-bit pixels --Resizer--&gt; pixels of the fitted size --PixelWriter--&gt; Tensor
 *                              |
 *                          FitPlan ----&gt; Geometry (how boxes go back to the source image)
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.preprocess.ImageStage}.
 *
 * <p><b>In:</b> a {@link io.stagemark.preprocess.PreprocessSettings}, the engine's own input
 * tensor, image files. <b>Out:</b> the tensor filled, and a {@link io.stagemark.data.Geometry} a
 * slot.
 *
 * <p><b>May import:</b> {@code data}, OpenCV. <b>Must not know:</b> engines, models, clocks, boxes.
 *
 * <p><b>Decisions:</b> OpenCV decodes and resizes, on a given number of threads (default one);
 * everything after the resize (padding, channel order, normalisation, layout, element type) is one
 * pass of our own that writes the engine's memory and nothing else. Normalisation is a table of 256
 * values a channel, each computed in double and rounded once.
 */
@NullMarked
package io.stagemark.preprocess;

import org.jspecify.annotations.NullMarked;
