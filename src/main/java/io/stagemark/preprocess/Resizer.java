package io.stagemark.preprocess;

import io.stagemark.data.VectorApi;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * 8-bit pixels to 8-bit pixels of another size, in memory that Java reads without a copy; an image
 * of exactly twice the size is averaged only when it is read. Reused from image to image; nothing
 * is allocated while the target size stays. Not thread-safe.
 */
final class Resizer implements AutoCloseable {
  private static final int PILLOW = -1;

  private final int flag;
  private final PillowBilinear pillow = new PillowBilinear();
  private final Size size = new Size();
  private ByteBuffer pixels = ByteBuffer.allocateDirect(0);
  private Mat target = new Mat();
  private final @Nullable HalvingLoop halving =
      VectorApi.find(HalvingLoop.class, "HalvingLoopVector").orElse(null);
  private final FittedPixels fitted = new FittedPixels(halving);

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
   * @param factor passed to OpenCV in place of the size, unless it is 0
   * @return valid until the next call, and while {@code source} is not released
   */
  FittedPixels resize(Mat source, int width, int height, double factor) {
    if (source.cols() == width && source.rows() == height) {
      fitted.setImage(source);
      return fitted;
    }
    if (isHalved(source, width, height, factor)) {
      fitted.setHalved(source);
      return fitted;
    }
    if (target.cols() != width || target.rows() != height || target.type() != source.type()) {
      retarget(source.channels(), width, height);
    }
    if (flag == PILLOW) {
      pillow.resize(source, width, height, pixels);
    } else {
      size.width = factor == 0 ? width : 0;
      size.height = factor == 0 ? height : 0;
      Imgproc.resize(source, target, size, factor, factor, flag);
    }
    fitted.setResized(pixels);
    return fitted;
  }

  /** OpenCV's bilinear resize by exactly 2 is its area resize: the average of 2x2 pixels. */
  private boolean isHalved(Mat source, int width, int height, double factor) {
    return halving != null
        && (flag == Imgproc.INTER_LINEAR || flag == Imgproc.INTER_AREA)
        && factor == 0
        && source.channels() == 3
        && source.cols() == 2 * width
        && source.rows() == 2 * height;
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
