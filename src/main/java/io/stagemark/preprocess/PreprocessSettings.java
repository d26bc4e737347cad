package io.stagemark.preprocess;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

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
 * @param padValue value of letterbox borders before scaling, in [0, 255]; 127.5 is the zero of
 *     inputs in [−1, 1]
 * @param scaleUp whether an image smaller than the input is enlarged by a letterbox; default true
 * @param padStridePx with a letterbox, pad only to the next multiple of this many pixels (the
 *     {@code auto} of Ultralytics), so that the size depends on the image; default: pad to the
 *     whole input
 * @param shorterSidePx what the shorter side is resized to before a centre crop, such as 256 for an
 *     input of 224; default: the input's longer side, so that there is always enough to cut
 * @param longerSidePx with a centre crop, what the longer side is at most after that, as
 *     torchvision's {@code max_size}: the shorter one gives way; default: no such limit. With a
 *     letterbox, the longer side of the resized image, a multiple of {@code padStridePx}: the size
 *     of the input then follows from the image; default: the largest that fits into the input
 * @param maxSourcePixels images with more pixels than this are refused before they are decoded;
 *     default {@link #DEFAULT_MAX_SOURCE_PIXELS}
 */
public record PreprocessSettings(
    Resize resize,
    Interpolation interpolation,
    Color color,
    Layout layout,
    double scale,
    List<Double> mean,
    List<Double> std,
    double padValue,
    boolean scaleUp,
    OptionalInt padStridePx,
    OptionalInt shorterSidePx,
    OptionalInt longerSidePx,
    long maxSourcePixels) {
  /** A decoded image of that many pixels takes 300 MB. */
  public static final long DEFAULT_MAX_SOURCE_PIXELS = 100_000_000;

  public PreprocessSettings {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    require(Double.isFinite(scale), "scale must be finite: %s", scale);
    require(mean.size() == 1 || mean.size() == 3, "mean needs 1 or 3 values: %s", mean);
    require(std.size() == 1 || std.size() == 3, "std needs 1 or 3 values: %s", std);
    require(mean.stream().allMatch(Double::isFinite), "mean must be finite: %s", mean);
    require(
        std.stream().allMatch(value -> Double.isFinite(value) && value != 0),
        "std must be finite and not 0: %s",
        std);
    require(padValue >= 0 && padValue <= 255, "padValue must be in [0, 255]: %s", padValue);
    require(padStridePx.orElse(1) >= 1, "padStridePx must be at least 1: %s", padStridePx);
    require(shorterSidePx.orElse(1) >= 1, "shorterSidePx must be at least 1: %s", shorterSidePx);
    require(
        longerSidePx.isEmpty() || longerSidePx.getAsInt() > shorterSidePx.orElse(0),
        "longerSidePx must be more than shorterSidePx: %s",
        longerSidePx);
    require(
        longerSidePx.isEmpty()
            || !resize.isLetterbox()
            || (padStridePx.isPresent() && longerSidePx.getAsInt() % padStridePx.getAsInt() == 0),
        "longerSidePx of a letterbox must be a multiple of padStridePx: %s",
        longerSidePx);
    require(maxSourcePixels >= 1, "maxSourcePixels must be at least 1: %s", maxSourcePixels);
  }

  /** The settings with the defaults of everything after {@code padValue}. */
  public PreprocessSettings(
      Resize resize,
      Interpolation interpolation,
      Color color,
      Layout layout,
      double scale,
      List<Double> mean,
      List<Double> std,
      double padValue) {
    this(
        resize,
        interpolation,
        color,
        layout,
        scale,
        mean,
        std,
        padValue,
        true,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        DEFAULT_MAX_SOURCE_PIXELS);
  }

  /**
   * Returns whether the size of the input follows from the image: a letterbox whose longer side is
   * given, padded to a multiple.
   */
  public boolean sizesByImage() {
    return resize.isLetterbox() && longerSidePx.isPresent();
  }

  private static void require(boolean condition, String message, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(message.formatted(value));
    }
  }

  /** How an image is fitted into the input. */
  public enum Resize {
    /** Both axes on their own: the aspect ratio is not kept. */
    STRETCH,
    /** Aspect ratio kept, borders on both sides. */
    LETTERBOX,
    /** Aspect ratio kept, borders right and below. */
    LETTERBOX_TOP_LEFT,
    /**
     * As {@link #LETTERBOX_TOP_LEFT} by YOLOX's own rule: sizes are cut to whole pixels, and boxes
     * go back by the ratio before that cut (up to a pixel off).
     */
    LETTERBOX_YOLOX,
    /** Shorter side to the input's size, then the centre is cut out: torchvision's rule. */
    CENTER_CROP,
    /**
     * As large as covers the input with its aspect ratio kept, then the centre is cut out: the rule
     * of OpenCV's {@code blobFromImage} with {@code crop}.
     */
    COVER_CROP;

    /** Returns whether the aspect ratio is kept and borders fill the rest. */
    public boolean isLetterbox() {
      return this == LETTERBOX || this == LETTERBOX_TOP_LEFT || this == LETTERBOX_YOLOX;
    }
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
