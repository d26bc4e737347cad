package io.stagemark.preprocess;

import io.stagemark.data.FileRange;
import io.stagemark.image.ImageFormat;
import io.stagemark.image.ImageHeader;
import io.stagemark.preprocess.PreprocessSettings.Color;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * Image files to 8-bit pixels, by OpenCV: orientation applied, grey and CMYK made colour, 16 bits
 * cut to the upper 8, alpha dropped (not blended), the first of several pages. Not thread-safe.
 *
 * <p>The orientation is the header's: OpenCV 4.9 itself reads it from the first APP1 segment of a
 * JPEG alone, even where that is no EXIF, and not from a WebP.
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
    this.flags =
        Imgcodecs.IMREAD_IGNORE_ORIENTATION
            | (color == Color.GREY ? Imgcodecs.IMREAD_GRAYSCALE : Imgcodecs.IMREAD_COLOR);
    this.maxPixels = maxPixels;
  }

  /**
   * Reads and decodes one file, or a part of one.
   *
   * @return rows x columns, CV_8UC3 or CV_8UC1; the caller releases it
   * @throws IOException if that cannot be done; the message names the file and the cause
   */
  Mat decode(FileRange image) throws IOException {
    try {
      read(image);
      ImageHeader header = ImageHeader.read(file);
      check(header);
      return upright(decode(), header);
    } catch (IOException e) {
      throw new IOException("image %s: %s".formatted(image, e.getMessage()), e);
    }
  }

  private void read(FileRange image) throws IOException {
    Path path = image.path();
    if (!Files.exists(path)) {
      throw new IOException("the file does not exist");
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException("not a file");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long fileBytes = channel.size();
      image.requireWithin(fileBytes);
      long size = image.isWhole() ? fileBytes : image.bytes();
      if (size > Integer.MAX_VALUE - 8) {
        throw new IOException("the image has %d bytes, at most 2 GiB are read".formatted(size));
      }
      if (size > file.capacity()) {
        file = ByteBuffer.allocateDirect((int) Math.min(Integer.MAX_VALUE - 8, size * 3 / 2));
      }
      file.clear().limit((int) size);
      if (!image.isWhole()) {
        channel.position(image.offset());
      }
      while (file.hasRemaining() && channel.read(file) >= 0) {
        // a regular file gives its bytes in a few reads
      }
      file.flip();
    }
  }

  private void check(ImageHeader header) throws IOException {
    Optional<String> fault = sizeFault(header.widthPx(), header.heightPx(), maxPixels);
    if (fault.isPresent()) {
      throw new IOException(fault.get());
    }
  }

  /** Returns why an image of that size is not decoded; empty if it is. */
  static Optional<String> sizeFault(int widthPx, int heightPx, long maxPixels) {
    return (long) widthPx * heightPx <= maxPixels
        ? Optional.empty()
        : Optional.of(
            "%dx%d px are more than the limit of %d pixels (preprocess.maxSourcePixels)"
                .formatted(widthPx, heightPx, maxPixels));
  }

  /**
   * Turns what OpenCV decoded as stored; its TIFF decoder turns pages itself, whatever the flags.
   */
  static Mat upright(Mat decoded, ImageHeader header) throws IOException {
    if (header.format() != ImageFormat.TIFF) {
      turn(decoded, header.orientation());
    }
    if (decoded.cols() != header.widthPx() || decoded.rows() != header.heightPx()) {
      String size = decoded.cols() + "x" + decoded.rows() + " px";
      decoded.release();
      throw new IOException(
          "OpenCV decodes it to %s, its header says %s".formatted(size, header.size()));
    }
    return decoded;
  }

  /** The eight orientations of EXIF as a transposition and a flip of rows or columns. */
  private static void turn(Mat image, int orientation) {
    if (orientation >= 5) {
      Core.transpose(image, image);
    }
    switch (orientation) {
      case 2, 6 -> Core.flip(image, image, 1);
      case 3, 7 -> Core.flip(image, image, -1);
      case 4, 8 -> Core.flip(image, image, 0);
      default -> {
        // 1 is upright, 5 is transposed alone
      }
    }
  }

  private Mat decode() throws IOException {
    Mat bytes = new Mat(1, file.limit(), CvType.CV_8UC1, file);
    try {
      Mat pixels = Imgcodecs.imdecode(bytes, flags);
      if (pixels.empty()) {
        throw new IOException("OpenCV cannot decode its pixels: the file is damaged inside");
      }
      return pixels;
    } catch (CvException e) {
      throw new IOException("OpenCV cannot decode it: " + e.getMessage(), e);
    } finally {
      bytes.release();
    }
  }
}
