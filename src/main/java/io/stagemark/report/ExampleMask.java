package io.stagemark.report;

import io.stagemark.data.ClassMask;
import io.stagemark.data.Geometry;
import io.stagemark.data.Prediction;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A predicted mask and where it lies over its image: the mask's pixel of a source place x is {@code
 * x · scaleX + leftPx}, likewise in y.
 *
 * @param truthFile the true mask, a PNG of the image's size
 * @param widthPx of the predicted mask
 * @param heightPx of the predicted mask
 * @param place where it lies
 * @param ids a byte a pixel, row by row, deflated (RFC 1950), in Base64
 */
public record ExampleMask(String truthFile, int widthPx, int heightPx, Place place, String ids) {

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
  public static ExampleMask of(String truthFile, Prediction.Mask predicted, Geometry geometry) {
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
        throw new IllegalArgumentException("the mask over %s is cut short".formatted(truthFile));
      }
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("the mask over %s is damaged".formatted(truthFile), e);
    } finally {
      inflater.end();
    }
    return new ClassMask(widthPx, heightPx, pixels);
  }

  /** Returns the predicted class at a source pixel; {@link ClassMask#IGNORED} outside the mask. */
  int at(ClassMask mask, int sourceX, int sourceY) {
    int x = (int) Math.floor((sourceX + .5) * place.scaleX() + place.leftPx());
    int y = (int) Math.floor((sourceY + .5) * place.scaleY() + place.topPx());
    boolean inside = x >= 0 && x < widthPx && y >= 0 && y < heightPx;
    return inside ? mask.at(x, y) : ClassMask.IGNORED;
  }
}
