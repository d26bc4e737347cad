package io.stagemark.preprocess;

import java.util.List;
import java.util.Locale;

/**
 * How a decoded image becomes the input tensor: resize, colour order, {@code (value · scale − mean)
 * / std} by channel, layout.
 *
 * @param resize how the image is fitted into the input's width and height
 * @param interpolation how pixels between pixels are computed
 * @param color channel order of the input tensor
 * @param layout axis order of the input tensor
 * @param scale factor on the 8-bit value, such as 1/255; applied first
 * @param mean subtracted after scaling, by channel in the tensor's order; 1 or 3 values
 * @param std divisor after the mean, by channel in the tensor's order; 1 or 3 values, none zero
 * @param padValue 8-bit value of letterbox borders before scaling, in [0, 255]
 */
public record PreprocessSettings(
    Resize resize,
    Interpolation interpolation,
    Color color,
    Layout layout,
    double scale,
    List<Double> mean,
    List<Double> std,
    int padValue) {
  public PreprocessSettings {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** How an image is fitted into the input. */
  public enum Resize {
    /** Both axes on their own: the aspect ratio is not kept. */
    STRETCH,
    /** Aspect ratio kept, borders on both sides. */
    LETTERBOX,
    /** Aspect ratio kept, borders right and below. */
    LETTERBOX_TOP_LEFT,
    /** Shorter side to the input's size, then the centre is cut out. */
    CENTER_CROP
  }

  /** How pixels between pixels are computed. */
  public enum Interpolation {
    /** OpenCV's INTER_LINEAR on 8-bit pixels, to the bit: no antialiasing. */
    OPENCV_LINEAR,
    /** Pillow's BILINEAR, to the bit: antialiased; torchvision's default. */
    PILLOW_BILINEAR,
    NEAREST,
    AREA,
    CUBIC
  }

  /** Channel order of the tensor. */
  public enum Color {
    RGB,
    BGR,
    GREY
  }

  /** Axis order of the tensor. */
  public enum Layout {
    NCHW,
    NHWC
  }

  /** Returns an enum constant as a config writes it, such as {@code opencv-linear}. */
  public static String configName(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
