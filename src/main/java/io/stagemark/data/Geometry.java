package io.stagemark.data;

/**
 * The place of a source image in the model's input: {@code model = source · scale + pad} on each
 * axis.
 *
 * @param sourceWidthPx width of the decoded image, in pixels, at least 1
 * @param sourceHeightPx height of the decoded image, in pixels, at least 1
 * @param scaleX model pixels for one source pixel in x, positive
 * @param scaleY model pixels for one source pixel in y, positive
 * @param padLeftPx model pixels left of the image (negative after a crop)
 * @param padTopPx model pixels above the image (negative after a crop)
 */
public record Geometry(
    int sourceWidthPx,
    int sourceHeightPx,
    double scaleX,
    double scaleY,
    double padLeftPx,
    double padTopPx) {
  public Geometry {
    if (!(sourceWidthPx >= 1 && sourceHeightPx >= 1 && scaleX > 0 && scaleY > 0)) {
      throw new IllegalArgumentException(
          "geometry needs a source of at least 1x1 px and positive scales: %dx%d px, %s, %s"
              .formatted(sourceWidthPx, sourceHeightPx, scaleX, scaleY));
    }
  }

  /** Returns the source x of a model x, in pixels, not clipped. */
  public double sourceX(double modelX) {
    return (modelX - padLeftPx) / scaleX;
  }

  /** Returns the source y of a model y, in pixels, not clipped. */
  public double sourceY(double modelY) {
    return (modelY - padTopPx) / scaleY;
  }
}
