/**
 * The frames of a Motion JPEG AVI, each a whole JPEG at its own place of the file.
 *
 * <pre>
 *   clip.avi --AviFile--&gt; AviFrame(number, offset, bytes) --VideoFormat + header--&gt; Example
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.dataset.video.VideoFormat}.
 *
 * <p><b>In:</b> one file. <b>Out:</b> examples that are parts of it, without truth.
 *
 * <p><b>May import:</b> {@code dataset}, {@code data}, {@code image}. <b>Must not know:</b> other
 * formats, pixels.
 *
 * <p><b>Decisions:</b> docs/decisions/069-frames-of-an-avi.md.
 */
@NullMarked
package io.stagemark.dataset.video;

import org.jspecify.annotations.NullMarked;
