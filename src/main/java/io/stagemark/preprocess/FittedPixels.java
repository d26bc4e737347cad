package io.stagemark.preprocess;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Mat;

/**
 * 8-bit pixels of the fitted size, rows without gaps, channels interleaved: resized ones in memory
 * that Java reads, or a decoded image that needed no resize, read where OpenCV has it. Read in
 * pieces of some kilobytes, so that what is read is still in the first-level cache when it is used.
 */
final class FittedPixels {
  private ByteBuffer resized = ByteBuffer.allocateDirect(0);
  private @Nullable Mat image;
  private int channels;
  private int columns;

  /** Takes resized pixels. */
  void setResized(ByteBuffer pixels) {
    resized = pixels;
    image = null;
  }

  /** Takes a whole image; it must not be released before the last {@link #get}. */
  void setImage(Mat wholeImage) {
    image = wholeImage;
    channels = wholeImage.channels();
    columns = wholeImage.cols();
  }

  /**
   * Reads bytes.
   *
   * @param from first byte, the first channel of a pixel
   * @param into gets the bytes; its length is a multiple of the channels; what follows the first
   *     {@code count} means nothing
   * @param count bytes that are read at least
   */
  void get(int from, byte[] into, int count) {
    Mat source = image;
    if (source == null) {
      resized.get(from, into, 0, count);
      return;
    }
    int pixel = from / channels;
    source.get(pixel / columns, pixel % columns, into);
  }
}
