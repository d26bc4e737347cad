package io.stagemark.preprocess;

import io.stagemark.preprocess.PreprocessSettings.Color;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * Image files to 8-bit pixels, by OpenCV: EXIF orientation applied, grey made colour, 16 bits cut
 * to the upper 8, alpha dropped (not blended). Not thread-safe.
 */
final class ImageDecoder {
  private final int flags;
  private final long maxPixels;
  private ByteBuffer file = ByteBuffer.allocateDirect(1 << 18);

  /**
   * @param color grey decodes to one channel, the others to three in OpenCV's order B, G, R
   * @param maxPixels larger images are refused before they are decoded
   */
  ImageDecoder(Color color, long maxPixels) {
    this.flags = color == Color.GREY ? Imgcodecs.IMREAD_GRAYSCALE : Imgcodecs.IMREAD_COLOR;
    this.maxPixels = maxPixels;
  }

  /**
   * Reads and decodes one file.
   *
   * @return rows x columns, CV_8UC3 or CV_8UC1; the caller releases it
   * @throws IOException if that cannot be done; the message names the file and the cause
   */
  Mat decode(Path path) throws IOException {
    try {
      read(path);
      check(ImageHeader.read(file));
      return decode();
    } catch (IOException e) {
      throw new IOException("image %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private void read(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new IOException("the file does not exist");
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException("not a file");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > Integer.MAX_VALUE - 8) {
        throw new IOException("the file has %d bytes, at most 2 GiB are read".formatted(size));
      }
      if (size > file.capacity()) {
        file = ByteBuffer.allocateDirect((int) Math.min(Integer.MAX_VALUE - 8, size * 3 / 2));
      }
      file.clear().limit((int) size);
      while (file.hasRemaining() && channel.read(file) >= 0) {
        // a regular file gives its bytes in a few reads
      }
      file.flip();
    }
  }

  private void check(ImageHeader header) throws IOException {
    if (header.widthPx() < 1 || header.heightPx() < 1) {
      throw new IOException("its size is %dx%d px".formatted(header.widthPx(), header.heightPx()));
    }
    if (header.components() == 4) {
      throw new IOException(
          "a CMYK JPEG: its colours depend on a profile; convert it to RGB first");
    }
    if ((long) header.widthPx() * header.heightPx() > maxPixels) {
      throw new IOException(
          "%dx%d px are more than the limit of %d pixels (preprocess.maxSourcePixels)"
              .formatted(header.widthPx(), header.heightPx(), maxPixels));
    }
  }

  private Mat decode() throws IOException {
    Mat bytes = new Mat(1, file.limit(), CvType.CV_8UC1, file);
    try {
      Mat pixels = Imgcodecs.imdecode(bytes, flags);
      if (pixels.empty()) {
        throw new IOException("OpenCV cannot decode it: the file is damaged");
      }
      return pixels;
    } catch (CvException e) {
      throw new IOException("OpenCV cannot decode it: " + e.getMessage(), e);
    } finally {
      bytes.release();
    }
  }
}
