package io.stagemark.preprocess;

import io.stagemark.preprocess.PreprocessSettings.Resize;

/**
 * Sizes and borders of a letterboxed image, by the rule of Ultralytics' YOLO: {@code r = min(H/h,
 * W/w)}, sizes rounded half to even, the odd pixel of a border right and below.
 *
 * @param ratio resized over source before rounding
 * @param widthPx width of the resized image
 * @param heightPx height of the resized image
 * @param left border, in pixels; the others alike
 */
record Letterbox(
    double ratio, int widthPx, int heightPx, int left, int top, int right, int bottom) {

  /**
   * The switches of the rule.
   *
   * @param scaleUp false: never enlarge
   * @param centred false: the image is at the top left
   * @param truncated sizes are cut, not rounded, to whole pixels
   * @param stridePx 0, or: take the border modulo this, so that the result is the smallest multiple
   */
  record Rule(boolean scaleUp, boolean centred, boolean truncated, int stridePx) {}

  /**
   * Plans a letterbox.
   *
   * @throws IllegalArgumentException if a side of the resized image would have 0 pixels
   */
  static Letterbox plan(int sourceWidth, int sourceHeight, int width, int height, Rule rule) {
    double ratio = Math.min((double) height / sourceHeight, (double) width / sourceWidth);
    if (!rule.scaleUp) {
      ratio = Math.min(ratio, 1.0);
    }
    int resizedWidth = whole(sourceWidth * ratio, rule);
    int resizedHeight = whole(sourceHeight * ratio, rule);
    if (resizedWidth < 1 || resizedHeight < 1) {
      throw new IllegalArgumentException(
          "an image of %dx%d px letterboxed into %dx%d px would have %dx%d px: too elongated"
              .formatted(sourceWidth, sourceHeight, width, height, resizedWidth, resizedHeight));
    }
    double borderX = width - resizedWidth;
    double borderY = height - resizedHeight;
    if (rule.stridePx > 0) {
      borderX %= rule.stridePx;
      borderY %= rule.stridePx;
    }
    if (rule.centred) {
      borderX /= 2;
      borderY /= 2;
    }
    // −.1 and +.1 give the odd pixel of a centred border to the right and to the bottom
    return new Letterbox(
        ratio,
        resizedWidth,
        resizedHeight,
        rule.centred ? (int) Math.rint(borderX - 0.1) : 0,
        rule.centred ? (int) Math.rint(borderY - 0.1) : 0,
        (int) Math.rint(borderX + 0.1),
        (int) Math.rint(borderY + 0.1));
  }

  /**
   * Plans a letterbox by a card: into the longer side that it gives, else into the whole input.
   *
   * @param width of the input, in pixels; not read where the card gives the longer side
   * @param height likewise
   * @throws IllegalArgumentException if a side of the resized image would have 0 pixels
   */
  static Letterbox plan(
      PreprocessSettings settings, int sourceWidth, int sourceHeight, int width, int height) {
    return plan(
        sourceWidth,
        sourceHeight,
        settings.longerSidePx().orElse(width),
        settings.longerSidePx().orElse(height),
        new Rule(
            settings.scaleUp(),
            settings.resize() == Resize.LETTERBOX,
            settings.resize() == Resize.LETTERBOX_YOLOX,
            settings.padStridePx().orElse(0)));
  }

  private static int whole(double side, Rule rule) {
    return (int) (rule.truncated ? side : Math.rint(side));
  }

  int outputWidthPx() {
    return left + widthPx + right;
  }

  int outputHeightPx() {
    return top + heightPx + bottom;
  }
}
