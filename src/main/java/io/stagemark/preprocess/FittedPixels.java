package io.stagemark.preprocess;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Mat;

/**
 * 8-bit pixels of the fitted size, rows without gaps, channels interleaved: resized ones in memory
 * that Java reads; a decoded image that needed no resize, read where OpenCV has it; or one of twice
 * the size, averaged while it is read. Read in pieces of some kilobytes, so that what is read is
 * still in the nearest caches when it is used.
 */
final class FittedPixels {
  private final @Nullable HalvingLoop halving;
  private ByteBuffer resized = ByteBuffer.allocateDirect(0);
  private @Nullable Mat image;
  private boolean halved;
  private int channels;
  private int columns;
  private byte[] rows = new byte[0];

  /**
   * @param halving averages 2x2 pixels; null if {@link #setHalved} is not called
   */
  FittedPixels(@Nullable HalvingLoop halving) {
    this.halving = halving;
  }

  /** Takes resized pixels. */
  void setResized(ByteBuffer pixels) {
    resized = pixels;
    image = null;
  }

  /** Takes a whole image; it must not be released before the last {@link #get}. */
  void setImage(Mat wholeImage) {
    image = wholeImage;
    halved = false;
    channels = wholeImage.channels();
    columns = wholeImage.cols();
  }

  /**
   * Takes an image of three channels, twice as wide and high; it must not be released before the
   * last {@link #get}.
   */
  void setHalved(Mat doubleImage) {
    image = doubleImage;
    halved = true;
    channels = doubleImage.channels();
    columns = doubleImage.cols() / 2;
    int bytes = 12 * columns + HalvingLoop.PADDING;
    if (rows.length != bytes) {
      rows = new byte[bytes];
    }
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
    if (halved) {
      halve(source, pixel, into, count / channels);
      return;
    }
    source.get(pixel / columns, pixel % columns, into);
  }

  private void halve(Mat source, int pixel, byte[] into, int count) {
    for (int done = 0; done < count; ) {
      int column = (pixel + done) % columns;
      int now = Math.min(columns - column, count - done);
      source.get((pixel + done) / columns * 2, 0, rows);
      Objects.requireNonNull(halving).average(rows, column, now, into, 3 * done);
      done += now;
    }
  }
}
