/**
 * What an image file says of itself, without a pixel being decoded.
 *
 * <pre>
 *   bytes --ImageFormat--&gt; parser of the format --&gt; ImageHeader (size, orientation) or ImageFault
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.image.ImageHeader}.
 *
 * <p><b>In:</b> the bytes of a file. <b>Out:</b> its size upright, or the reason why it is no image
 * that can be decoded. The data sets and the decoder ask the same class, so that what {@code
 * validate} accepts is what a run decodes, with the same size.
 *
 * <p><b>May import:</b> the JDK. <b>Must not know:</b> OpenCV, data sets, models.
 *
 * <p><b>Decisions:</b> formats are known by content, not by the file's name; an image is held to
 * its container's own end, because OpenCV decodes a truncated JPEG in silence; what is refused here
 * is what OpenCV 4.9's decoders refuse (tried with each), with a reason that is true.
 */
@NullMarked
package io.stagemark.image;

import org.jspecify.annotations.NullMarked;
