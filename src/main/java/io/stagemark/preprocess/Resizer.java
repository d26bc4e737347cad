package io.stagemark.preprocess;

import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import java.nio.ByteBuffer;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * 8-bit pixels to 8-bit pixels of another size, in memory that Java reads without a copy. Reused
 * from image to image; nothing is allocated while the target size stays. Not thread-safe.
 */
final class Resizer implements AutoCloseable {
  private static final int PILLOW = -1;

  private final int flag;
  private final PillowBilinear pillow = new PillowBilinear();
  private final Size size = new Size();
  private ByteBuffer pixels = ByteBuffer.allocateDirect(0);
  private Mat target = new Mat();

  Resizer(Interpolation interpolation) {
    flag =
        switch (interpolation) {
          case OPENCV_LINEAR -> Imgproc.INTER_LINEAR;
          case NEAREST -> Imgproc.INTER_NEAREST;
          case AREA -> Imgproc.INTER_AREA;
          case CUBIC -> Imgproc.INTER_CUBIC;
          case PILLOW_BILINEAR -> PILLOW;
        };
  }

  /**
   * Resizes.
   *
   * @param source CV_8UC1 or CV_8UC3
   * @return rows without gaps, channels interleaved; valid until the next call
   */
  ByteBuffer resize(Mat source, int width, int height) {
    return resize(source, width, height, 0);
  }

  /** As the other; by a factor that OpenCV is told in place of the size, unless it is 0. */
  ByteBuffer resize(Mat source, int width, int height, double factor) {
    if (target.cols() != width || target.rows() != height || target.type() != source.type()) {
      retarget(source.channels(), width, height);
    }
    if (source.cols() == width && source.rows() == height) {
      source.copyTo(target);
    } else if (flag == PILLOW) {
      pillow.resize(source, width, height, pixels);
    } else {
      size.width = factor == 0 ? width : 0;
      size.height = factor == 0 ? height : 0;
      Imgproc.resize(source, target, size, factor, factor, flag);
    }
    return pixels;
  }

  private void retarget(int channels, int width, int height) {
    int bytes = Math.multiplyExact(Math.multiplyExact(width, height), channels);
    if (pixels.capacity() < bytes) {
      pixels = ByteBuffer.allocateDirect(bytes);
    }
    target.release();
    target = new Mat(height, width, CvType.CV_8UC(channels), pixels);
  }

  @Override
  public void close() {
    target.release();
  }
}
