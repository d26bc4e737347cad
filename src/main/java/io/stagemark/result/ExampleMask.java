package io.stagemark.result;

import static java.util.Locale.ROOT;

import io.stagemark.data.ClassMask;
import io.stagemark.data.Geometry;
import io.stagemark.data.Prediction;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A predicted mask and its place over its image: the mask's pixel of a source position x is {@code
 * x · scaleX + leftPx}, likewise in y.
 *
 * @param truthFile the true mask, a PNG of the image's size; empty where the data set has none
 * @param widthPx of the predicted mask
 * @param heightPx of the predicted mask
 * @param place of the mask over the image
 * @param ids a byte a pixel, row by row, deflated (RFC 1950), in Base64
 */
public record ExampleMask(
    Optional<String> truthFile, int widthPx, int heightPx, Place place, String ids) {

  private static final int MAX_PIXELS = 1 << 28;

  public ExampleMask {
    if (widthPx < 1 || heightPx < 1 || (long) widthPx * heightPx > MAX_PIXELS) {
      throw new IllegalArgumentException(
          String.format(ROOT, "a mask of %d x %d pixels; it has 1 to 2^28", widthPx, heightPx));
    }
  }

  /**
   * Source pixels to mask pixels.
   *
   * @param scaleX mask pixels for one source pixel in x
   * @param scaleY likewise in y
   * @param leftPx of the image in the mask
   * @param topPx likewise
   */
  public record Place(double scaleX, double scaleY, double leftPx, double topPx) {}

  /** Returns a predicted mask in the form that a report keeps. */
  public static ExampleMask of(
      Optional<String> truthFile, Prediction.Mask predicted, Geometry geometry) {
    ClassMask mask = predicted.mask();
    byte[] ids = new byte[mask.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) mask.at(i);
    }
    return new ExampleMask(
        truthFile,
        mask.widthPx(),
        mask.heightPx(),
        new Place(
            geometry.scaleX() / predicted.strideX(),
            geometry.scaleY() / predicted.strideY(),
            geometry.padLeftPx() / predicted.strideX(),
            geometry.padTopPx() / predicted.strideY()),
        Base64.getEncoder().encodeToString(deflated(ids)));
  }

  private static byte[] deflated(byte[] ids) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    deflater.setInput(ids);
    deflater.finish();
    byte[] into = new byte[ids.length + ids.length / 1000 + 64];
    int length = deflater.deflate(into);
    deflater.end();
    return java.util.Arrays.copyOf(into, length);
  }

  /**
   * Returns the predicted mask.
   *
   * @throws IllegalArgumentException if {@link #ids} is not what {@link #of} makes
   */
  public ClassMask mask() {
    byte[] pixels = new byte[widthPx * heightPx];
    Inflater inflater = new Inflater();
    inflater.setInput(Base64.getDecoder().decode(ids));
    try {
      if (inflater.inflate(pixels) != pixels.length) {
        throw new IllegalArgumentException("the predicted mask is cut short");
      }
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("the predicted mask is damaged", e);
    } finally {
      inflater.end();
    }
    return new ClassMask(widthPx, heightPx, pixels);
  }

  /**
   * Returns the predicted mask in source pixels: each takes the class of the mask's pixel under its
   * centre, for an interpolation would make up classes between two. One that the model did not see
   * (cut away by a crop) is {@link ClassMask#IGNORED}.
   *
   * @param sourceWidthPx of the image
   * @param sourceHeightPx of the image
   * @throws IllegalArgumentException as {@link #mask}
   */
  public ClassMask over(int sourceWidthPx, int sourceHeightPx) {
    ClassMask mask = mask();
    int[] columns = new int[sourceWidthPx];
    for (int x = 0; x < sourceWidthPx; x++) {
      columns[x] = (int) Math.floor((x + .5) * place.scaleX() + place.leftPx());
    }
    byte[] classes = new byte[Math.multiplyExact(sourceWidthPx, sourceHeightPx)];
    for (int y = 0; y < sourceHeightPx; y++) {
      int row = (int) Math.floor((y + .5) * place.scaleY() + place.topPx());
      for (int x = 0; x < sourceWidthPx; x++) {
        boolean seen = row >= 0 && row < heightPx && columns[x] >= 0 && columns[x] < widthPx;
        classes[y * sourceWidthPx + x] =
            (byte) (seen ? mask.at(columns[x], row) : ClassMask.IGNORED);
      }
    }
    return new ClassMask(sourceWidthPx, sourceHeightPx, classes);
  }
}
