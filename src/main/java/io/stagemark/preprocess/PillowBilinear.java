package io.stagemark.preprocess;

import java.nio.ByteBuffer;
import org.opencv.core.Mat;

/**
 * Pillow's BILINEAR resize of 8-bit images, to the bit: a triangle filter that widens with the
 * reduction (antialiasing), weights in fixed point of 22 bits, horizontally and then vertically
 * with 8-bit values between. torchvision's default for images that Pillow opened.
 *
 * <p>Source: the published rule of Pillow's {@code Resample.c}. Memory is reused.
 */
final class PillowBilinear {
  private static final int PRECISION_BITS = 22;
  private static final int HALF = 1 << (PRECISION_BITS - 1);

  private final Weights horizontal = new Weights();
  private final Weights vertical = new Weights();
  private byte[] pixels = new byte[0];
  private byte[] between = new byte[0];
  private byte[] targetRow = new byte[0];
  private int[] sums = new int[0];

  /**
   * Resizes.
   *
   * @param source CV_8UC1 or CV_8UC3
   * @param target gets height rows of width x channels bytes, from index 0
   */
  void resize(Mat source, int width, int height, ByteBuffer target) {
    int channels = source.channels();
    int sourceBytes = source.cols() * channels;
    int rowBytes = width * channels;
    if (pixels.length < sourceBytes * source.rows()) {
      // OpenCV wants a multiple of the channels, and stops at the image's end by itself
      pixels = new byte[(sourceBytes * source.rows() + 2) / 3 * 3];
    }
    if (between.length < rowBytes * source.rows()) {
      between = new byte[rowBytes * source.rows()];
    }
    if (targetRow.length < rowBytes) {
      targetRow = new byte[rowBytes];
      sums = new int[rowBytes];
    }
    horizontal.compute(source.cols(), width);
    vertical.compute(source.rows(), height);
    source.get(0, 0, pixels);
    for (int y = 0; y < source.rows(); y++) {
      if (source.cols() == width) {
        System.arraycopy(pixels, y * rowBytes, between, y * rowBytes, rowBytes);
      } else {
        horizontalRow(y * sourceBytes, y * rowBytes, width, channels);
      }
    }
    for (int y = 0; y < height; y++) {
      if (source.rows() == height) {
        target.put(y * rowBytes, between, y * rowBytes, rowBytes);
      } else {
        verticalRow(y, rowBytes);
        target.put(y * rowBytes, targetRow, 0, rowBytes);
      }
    }
  }

  private void horizontalRow(int from, int at, int width, int channels) {
    for (int x = 0; x < width; x++) {
      int first = from + horizontal.first[x] * channels;
      for (int c = 0; c < channels; c++) {
        int sum = HALF;
        for (int k = 0; k < horizontal.count[x]; k++) {
          sum +=
              (pixels[first + k * channels + c] & 0xFF)
                  * horizontal.values[x * horizontal.stride + k];
        }
        between[at + x * channels + c] = clip(sum);
      }
    }
  }

  private void verticalRow(int y, int rowBytes) {
    java.util.Arrays.fill(sums, 0, rowBytes, HALF);
    for (int k = 0; k < vertical.count[y]; k++) {
      int weight = vertical.values[y * vertical.stride + k];
      int row = (vertical.first[y] + k) * rowBytes;
      for (int i = 0; i < rowBytes; i++) {
        sums[i] += (between[row + i] & 0xFF) * weight;
      }
    }
    for (int i = 0; i < rowBytes; i++) {
      targetRow[i] = clip(sums[i]);
    }
  }

  private static byte clip(int sum) {
    return (byte) Math.min(Math.max(sum >> PRECISION_BITS, 0), 255);
  }

  /** For each target position: the first source position, how many, and their weights. */
  private static final class Weights {
    private int source;
    private int target;
    private int stride;
    private int[] first = new int[0];
    private int[] count = new int[0];
    private int[] values = new int[0];
    private double[] exact = new double[0];

    void compute(int sourceSize, int targetSize) {
      if (source == sourceSize && target == targetSize) {
        return;
      }
      source = sourceSize;
      target = targetSize;
      double scale = (double) sourceSize / targetSize;
      double support = Math.max(scale, 1.0);
      stride = (int) Math.ceil(support) * 2 + 1;
      if (first.length < targetSize) {
        first = new int[targetSize];
        count = new int[targetSize];
      }
      if (values.length < targetSize * stride) {
        values = new int[targetSize * stride];
      }
      if (exact.length < stride) {
        exact = new double[stride];
      }
      for (int x = 0; x < targetSize; x++) {
        weigh(x, (x + 0.5) * scale, support);
      }
    }

    private void weigh(int x, double centre, double support) {
      int low = Math.max((int) (centre - support + 0.5), 0);
      int high = Math.min((int) (centre + support + 0.5), source);
      double total = 0;
      double inverse = 1.0 / support;
      for (int k = 0; k < high - low; k++) {
        exact[k] = Math.max(0, 1 - Math.abs((k + low - centre + 0.5) * inverse));
        total += exact[k];
      }
      first[x] = low;
      count[x] = high - low;
      for (int k = 0; k < high - low; k++) {
        double weight = total == 0 ? exact[k] : exact[k] / total;
        values[x * stride + k] = (int) (0.5 + weight * (1 << PRECISION_BITS));
      }
    }
  }
}
