package io.stagemark.image;

/**
 * A BMP by its headers (BITMAPFILEHEADER, BITMAPCOREHEADER, BITMAPINFOHEADER): the kinds that
 * OpenCV's decoder reads.
 */
final class BmpFile {
  private static final int CORE_HEADER = 12;
  private static final int INFO_HEADER = 36;
  private static final int PLAIN = 0;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int BIT_FIELDS = 3;

  private BmpFile() {}

  /**
   * Reads.
   *
   * @param file little-endian
   */
  static ImageHeader read(FileBytes file) throws ImageFault {
    long headerBytes = file.u32(14);
    boolean core = headerBytes == CORE_HEADER;
    if (!core && (headerBytes < INFO_HEADER || headerBytes > Integer.MAX_VALUE)) {
      throw new ImageFault("damaged: a BMP whose header has %d bytes".formatted(headerBytes));
    }
    int width = core ? file.u16(18) : (int) file.u32(18);
    int storedHeight = core ? file.u16(20) : (int) file.u32(22);
    int bits = file.u16(core ? 24 : 28);
    int compression = core ? PLAIN : (int) file.u32(30);
    if (width < 1 || storedHeight == 0 || storedHeight == Integer.MIN_VALUE) {
      throw new ImageFault("a BMP of %dx%d px".formatted(width, storedHeight));
    }
    boolean known =
        switch (compression) {
          case PLAIN ->
              bits == 1
                  || bits == 4
                  || bits == 8
                  || bits == 24
                  || bits == 32
                  || (bits == 16 && !core);
          case RLE8 -> bits == 8;
          case RLE4 -> bits == 4;
          case BIT_FIELDS -> bits == 16 || bits == 32;
          default -> false;
        };
    if (!known) {
      throw ImageFault.unsupported(
          "a BMP of %d bits a pixel and compression %d, which OpenCV's decoder does not read"
              .formatted(bits, compression));
    }
    int height = Math.abs(storedHeight);
    long need = bytes(file, compression, ((long) width * bits + 31) / 32 * 4 * height);
    if (file.size() < need) {
      throw ImageFault.cut(file.size(), "BMP of " + need + " bytes");
    }
    return new ImageHeader(ImageFormat.BMP, width, height);
  }

  /**
   * Returns the end of the pixels. The size that the file header names is trusted for compressed
   * pixels only: many writers leave it 0.
   */
  private static long bytes(FileBytes file, int compression, long plainBytes) {
    long pixelsAt = file.u32(10);
    return compression == PLAIN || compression == BIT_FIELDS
        ? pixelsAt + plainBytes
        : Math.max(file.u32(2), pixelsAt);
  }
}
