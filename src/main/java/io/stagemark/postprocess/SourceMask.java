package io.stagemark.postprocess;

import io.stagemark.data.ClassMask;
import io.stagemark.data.Geometry;

/**
 * A mask of the model's output taken back to source pixels: each source pixel takes the class of
 * the output pixel under its centre. No class between two is ever made up, as an interpolation of
 * ids would.
 *
 * <p>A source pixel that the model did not see (cut away by a crop) is {@link ClassMask#IGNORED}.
 */
public final class SourceMask {
  private SourceMask() {}

  /**
   * Maps a mask back.
   *
   * @param mask at the output's resolution, which covers the whole input
   * @param geometry where the image lay in the input
   * @param inputWidthPx of the model
   * @param inputHeightPx of the model
   * @return of the source image's size
   */
  public static ClassMask of(
      ClassMask mask, Geometry geometry, int inputWidthPx, int inputHeightPx) {
    int width = geometry.sourceWidthPx();
    int height = geometry.sourceHeightPx();
    int[] columns = new int[width];
    for (int x = 0; x < width; x++) {
      columns[x] = cell(geometry.modelX(x + 0.5), inputWidthPx, mask.widthPx());
    }
    byte[] ids = new byte[Math.multiplyExact(width, height)];
    for (int y = 0; y < height; y++) {
      int row = cell(geometry.modelY(y + 0.5), inputHeightPx, mask.heightPx());
      for (int x = 0; x < width; x++) {
        boolean seen = row >= 0 && columns[x] >= 0;
        ids[y * width + x] = (byte) (seen ? mask.at(columns[x], row) : ClassMask.IGNORED);
      }
    }
    return new ClassMask(width, height, ids);
  }

  /** Returns the output pixel that holds a model coordinate, or −1 outside the input. */
  private static int cell(double model, int inputPx, int outputPx) {
    if (model < 0 || model >= inputPx) {
      return -1;
    }
    return Math.min((int) (model * outputPx / inputPx), outputPx - 1);
  }
}
