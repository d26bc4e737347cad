package io.stagemark.preprocess;

import io.stagemark.data.Geometry;
import io.stagemark.data.TensorSpec;

/**
 * What a further input of a model of images holds, made from each picture's and the model's size.
 *
 * <p>The two orders of axes are those of the exporters: RT-DETR's and D-FINE's {@code
 * orig_target_sizes} is width and height, PaddleDetection's {@code im_shape} and {@code
 * scale_factor} are height and width, Hugging Face's sizes too.
 */
public enum DerivedValue {
  /** Height and width of the picture, upright, in pixels. */
  PICTURE_HW(true, true, false),
  /** Width and height of the picture, upright, in pixels. */
  PICTURE_WH(false, true, false),
  /** Height and width of the image input, in pixels. */
  MODEL_HW(true, false, false),
  /** Width and height of the image input, in pixels. */
  MODEL_WH(false, false, false),
  /** Height and width of the resized picture in the image input, without its border, in pixels. */
  RESIZED_HW(true, false, false),
  /** Width and height of the resized picture in the image input, without its border, in pixels. */
  RESIZED_WH(false, false, false),
  /** Pixels of the resized picture for one of the picture: in y, then in x. */
  SCALE_YX(true, true, true),
  /** Pixels of the resized picture for one of the picture: in x, then in y. */
  SCALE_XY(false, true, true),
  /** 1 for each pixel of the image input that holds the picture, 0 for its border. */
  PIXEL_MASK(true, false, false);

  private final boolean vertical;
  private final boolean mapsBoxes;
  private final boolean fraction;

  DerivedValue(boolean vertical, boolean mapsBoxes, boolean fraction) {
    this.vertical = vertical;
    this.mapsBoxes = mapsBoxes;
    this.fraction = fraction;
  }

  /**
   * Returns whether a model that is given it maps its boxes to the picture itself: they come out in
   * the picture's pixels, not in the input's.
   */
  public boolean mapsBoxes() {
    return mapsBoxes;
  }

  /** Returns whether its numbers are fractions, which no integer type holds. */
  public boolean isFraction() {
    return fraction;
  }

  /** Returns how many numbers an example has, for an image input of that size. */
  public long elements(long widthPx, long heightPx) {
    return this == PIXEL_MASK ? widthPx * heightPx : 2;
  }

  /**
   * Returns one of the two numbers.
   *
   * @param second whether it is the second
   * @param geometry of the picture in the image input
   * @param widthPx of the image input
   * @param heightPx of the image input
   * @throws UnsupportedOperationException for {@link #PIXEL_MASK}, which is written row by row
   */
  public double number(boolean second, Geometry geometry, int widthPx, int heightPx) {
    boolean y = vertical != second;
    return switch (this) {
      case PICTURE_HW, PICTURE_WH -> y ? geometry.sourceHeightPx() : geometry.sourceWidthPx();
      case MODEL_HW, MODEL_WH -> y ? heightPx : widthPx;
      case RESIZED_HW, RESIZED_WH ->
          y
              ? bottom(geometry, heightPx) - top(geometry, heightPx)
              : right(geometry, widthPx) - left(geometry, widthPx);
      case SCALE_YX, SCALE_XY -> y ? geometry.scaleY() : geometry.scaleX();
      case PIXEL_MASK -> throw new UnsupportedOperationException("a mask is no pair of numbers");
    };
  }

  /** Returns the first column of the image input that holds the picture. */
  public static int left(Geometry geometry, int widthPx) {
    return within(geometry.padLeftPx(), widthPx);
  }

  /** Returns the column after the last that holds the picture. */
  public static int right(Geometry geometry, int widthPx) {
    return within(geometry.padLeftPx() + geometry.sourceWidthPx() * geometry.scaleX(), widthPx);
  }

  /** Returns the first row of the image input that holds the picture. */
  public static int top(Geometry geometry, int heightPx) {
    return within(geometry.padTopPx(), heightPx);
  }

  /** Returns the row after the last that holds the picture. */
  public static int bottom(Geometry geometry, int heightPx) {
    return within(geometry.padTopPx() + geometry.sourceHeightPx() * geometry.scaleY(), heightPx);
  }

  private static int within(double px, int size) {
    return (int) Math.min(Math.max(Math.rint(px), 0), size);
  }

  /** Returns the extents that an input of it has, in words. */
  public String expected(long widthPx, long heightPx) {
    return this == PIXEL_MASK
        ? "[N, %d, %d], a number for each pixel".formatted(heightPx, widthPx)
        : "[N, 2]";
  }

  /** Returns whether an input of such a shape holds it, for that many examples. */
  public boolean fits(TensorSpec input, long batch, long widthPx, long heightPx) {
    return input.isStatic() && input.elements() == batch * elements(widthPx, heightPx);
  }
}
