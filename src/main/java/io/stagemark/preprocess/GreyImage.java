package io.stagemark.preprocess;

import io.stagemark.image.ImageHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/** The pixels of an 8-bit grey image, upright and otherwise as in the file: a mask's class ids. */
public final class GreyImage {
  private final int widthPx;
  private final int heightPx;
  private final byte[] pixels;

  private GreyImage(int widthPx, int heightPx, byte[] pixels) {
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    this.pixels = pixels;
  }

  /**
   * Reads an image file.
   *
   * @throws IOException if it cannot be read or is not of one 8-bit channel; the message names it
   */
  public static GreyImage read(Path file) throws IOException {
    OpenCvRuntime.start();
    byte[] bytes = Files.readAllBytes(file);
    MatOfByte encoded = new MatOfByte(bytes);
    Mat image = Imgcodecs.imdecode(encoded, Imgcodecs.IMREAD_UNCHANGED);
    try {
      if (image.empty() || image.type() != CvType.CV_8UC1) {
        throw new IOException("mask %s is no image of one 8-bit channel".formatted(file));
      }
      ImageDecoder.upright(image, ImageHeader.read(ByteBuffer.wrap(bytes)));
      byte[] pixels = new byte[image.rows() * image.cols()];
      image.get(0, 0, pixels);
      return new GreyImage(image.cols(), image.rows(), pixels);
    } finally {
      image.release();
      encoded.release();
    }
  }

  /** Returns the width in pixels. */
  public int widthPx() {
    return widthPx;
  }

  /** Returns the height in pixels. */
  public int heightPx() {
    return heightPx;
  }

  /** Returns a pixel, 0 … 255. */
  public int at(int x, int y) {
    return pixels[y * widthPx + x] & 0xFF;
  }
}
