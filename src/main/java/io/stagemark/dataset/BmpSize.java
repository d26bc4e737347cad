package io.stagemark.dataset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How many bytes a BMP must have, from its headers (BITMAPFILEHEADER, BITMAPINFOHEADER). */
final class BmpSize {
  private static final int CORE_HEADER = 12;

  private BmpSize() {}

  /**
   * Returns the end of the pixels. The size that the file header names is trusted for compressed
   * pixels only: many writers leave it 0.
   *
   * @param big at least 26 bytes
   */
  static long bytes(ByteBuffer big) {
    ByteBuffer bytes = big.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long named = Integer.toUnsignedLong(bytes.getInt(2));
    long pixelsAt = Integer.toUnsignedLong(bytes.getInt(10));
    boolean core = bytes.getInt(14) == CORE_HEADER;
    if (!core && bytes.limit() < 34) {
      return Math.max(named, 54);
    }
    long width = core ? bytes.getShort(18) & 0xFFFF : Math.abs((long) bytes.getInt(18));
    long height = core ? bytes.getShort(20) & 0xFFFF : Math.abs((long) bytes.getInt(22));
    int bits = bytes.getShort(core ? 24 : 28) & 0xFFFF;
    int compression = core ? 0 : bytes.getInt(30);
    boolean plain = compression == 0 || compression == 3;
    long rowBytes = (width * bits + 31) / 32 * 4;
    return plain ? pixelsAt + rowBytes * height : Math.max(named, pixelsAt);
  }
}
