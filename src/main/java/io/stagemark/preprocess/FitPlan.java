package io.stagemark.preprocess;

import io.stagemark.data.Geometry;
import io.stagemark.preprocess.PreprocessSettings.Resize;

/**
 * How an image of one size is fitted into the input: resized to {@code resizedWidth x
 * resizedHeight}, then placed with its top left corner at ({@code left}, {@code top}); negative
 * offsets cut, the rest of the input is border.
 *
 * @param resizedWidth in pixels
 * @param resizedHeight in pixels
 * @param left model x of the resized image's first column
 * @param top model y of the resized image's first row
 * @param factor 0, or: OpenCV gets this factor in place of the size, which moves its sampling
 *     points by a part of a pixel
 * @param geometry the same as a map between source and model pixels
 */
record FitPlan(
    int resizedWidth, int resizedHeight, int left, int top, double factor, Geometry geometry) {

  /**
   * Plans one image.
   *
   * @param width of the input, in pixels
   * @param height of the input, in pixels
   * @throws IllegalArgumentException if the image cannot be fitted; the message says why
   */
  static FitPlan of(
      PreprocessSettings settings, int sourceWidth, int sourceHeight, int width, int height) {
    FitPlan plan =
        switch (settings.resize()) {
          case STRETCH -> place(sourceWidth, sourceHeight, width, height, 0, 0);
          case LETTERBOX, LETTERBOX_TOP_LEFT, LETTERBOX_YOLOX ->
              letterbox(settings, sourceWidth, sourceHeight, width, height);
          case CENTER_CROP -> centreCrop(settings, sourceWidth, sourceHeight, width, height);
          case COVER_CROP -> coverCrop(sourceWidth, sourceHeight, width, height);
        };
    if ((long) plan.resizedWidth * plan.resizedHeight > settings.maxSourcePixels()) {
      throw new IllegalArgumentException(
          "an image of %dx%d px is resized to %dx%d px before it is cut, more than the limit of %d"
                  .formatted(
                      sourceWidth,
                      sourceHeight,
                      plan.resizedWidth,
                      plan.resizedHeight,
                      settings.maxSourcePixels())
              + " pixels (preprocess.maxSourcePixels): too elongated");
    }
    return plan;
  }

  private static FitPlan letterbox(
      PreprocessSettings settings, int sourceWidth, int sourceHeight, int width, int height) {
    Letterbox box = Letterbox.plan(settings, sourceWidth, sourceHeight, width, height);
    if (box.outputWidthPx() != width || box.outputHeightPx() != height) {
      throw new IllegalArgumentException(
          "an image of %dx%d px padded to a multiple of %d px is %dx%d px, the input is %dx%d px"
              .formatted(
                  sourceWidth,
                  sourceHeight,
                  settings.padStridePx().orElse(1),
                  box.outputWidthPx(),
                  box.outputHeightPx(),
                  width,
                  height));
    }
    if (settings.resize() == Resize.LETTERBOX_YOLOX) {
      return new FitPlan(
          box.widthPx(),
          box.heightPx(),
          0,
          0,
          0,
          new Geometry(sourceWidth, sourceHeight, box.ratio(), box.ratio(), 0, 0));
    }
    return place(sourceWidth, sourceHeight, box.widthPx(), box.heightPx(), box.left(), box.top());
  }

  /** torchvision's Resize(shorter side) and CenterCrop. */
  private static FitPlan centreCrop(
      PreprocessSettings settings, int sourceWidth, int sourceHeight, int width, int height) {
    int shorter = settings.shorterSidePx().orElse(Math.max(width, height));
    int longest = settings.longerSidePx().orElse(Integer.MAX_VALUE);
    int resizedWidth = resizedSide(sourceWidth, sourceHeight, shorter, longest);
    int resizedHeight = resizedSide(sourceHeight, sourceWidth, shorter, longest);
    if (resizedWidth < width || resizedHeight < height) {
      throw new IllegalArgumentException(
          "an image of %dx%d px resized to a shorter side of %d px is %dx%d px: no %dx%d px to crop"
              .formatted(
                  sourceWidth, sourceHeight, shorter, resizedWidth, resizedHeight, width, height));
    }
    return place(
        sourceWidth,
        sourceHeight,
        resizedWidth,
        resizedHeight,
        -cropOffset(resizedWidth, width),
        -cropOffset(resizedHeight, height));
  }

  /**
   * torchvision's Resize: the shorter side becomes {@code size} and the longer one truncates; where
   * that is over {@code longest} (its {@code max_size}), the longer one becomes that, and the
   * shorter one truncates.
   */
  static int resizedSide(int side, int otherSide, int size, int longest) {
    int shorter = Math.min(side, otherSide);
    int longer = Math.max(side, otherSide);
    int newLonger = shorter == longer ? size : (int) ((long) size * longer / (double) shorter);
    if (newLonger <= longest) {
      return side == shorter ? size : newLonger;
    }
    int newShorter = (int) ((long) longest * size / (double) newLonger);
    return side == shorter ? newShorter : longest;
  }

  /** Sizes round half to even and the offset truncates; the factor is a float, as in OpenCV. */
  private static FitPlan coverCrop(int sourceWidth, int sourceHeight, int width, int height) {
    float factor = Math.max(width / (float) sourceWidth, height / (float) sourceHeight);
    int resizedWidth = (int) Math.rint(sourceWidth * (double) factor);
    int resizedHeight = (int) Math.rint(sourceHeight * (double) factor);
    int left = -(int) (0.5 * (resizedWidth - width));
    int top = -(int) (0.5 * (resizedHeight - height));
    return new FitPlan(
        resizedWidth,
        resizedHeight,
        left,
        top,
        factor,
        new Geometry(sourceWidth, sourceHeight, factor, factor, left, top));
  }

  /** torchvision's CenterCrop: half to even. */
  static int cropOffset(int side, int size) {
    return (int) Math.rint((side - size) / 2.0);
  }

  /** Returns the first column of the resized image that is not cut away. */
  int firstColumn() {
    return Math.max(-left, 0);
  }

  /** Returns the input's column of the first pixel. */
  int left(InputShape shape) {
    return Math.min(Math.max(left, 0), shape.widthPx());
  }

  /** Returns the pixels of a row that are inside the input. */
  int count(InputShape shape) {
    return Math.min(shape.widthPx() - left(shape), resizedWidth - firstColumn());
  }

  private static FitPlan place(
      int sourceWidth, int sourceHeight, int resizedWidth, int resizedHeight, int left, int top) {
    return new FitPlan(
        resizedWidth,
        resizedHeight,
        left,
        top,
        0,
        new Geometry(
            sourceWidth,
            sourceHeight,
            (double) resizedWidth / sourceWidth,
            (double) resizedHeight / sourceHeight,
            left,
            top));
  }
}
