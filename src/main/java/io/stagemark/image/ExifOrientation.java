package io.stagemark.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The orientation in EXIF data: a TIFF structure (CIPA DC-008, 4.6.4 A) in either byte order. */
final class ExifOrientation {
  private static final int TAG = 0x0112;
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private ExifOrientation() {}

  /**
   * Returns 1 to 8; 1 for data that are cut, broken, without the tag or with another value.
   *
   * @param exif with or without {@code Exif} and two bytes before it
   */
  static int of(ByteBuffer exif) {
    FileBytes bytes = FileBytes.of(exif, ByteOrder.BIG_ENDIAN);
    int start = bytes.has(0, "Exif\0") ? 6 : 0;
    boolean little = bytes.has(start, "II*\0");
    if (!little && !bytes.has(start, "MM\0*")) {
      return 1;
    }
    try {
      return directory(
          bytes.ordered(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN), start);
    } catch (IndexOutOfBoundsException e) {
      return 1;
    }
  }

  private static int directory(FileBytes bytes, int start) {
    long at = start + bytes.u32(start + 4L);
    int entries = bytes.u16(at);
    for (int i = 0; i < entries; i++) {
      long entry = at + 2 + 12L * i;
      if (bytes.u16(entry) == TAG) {
        long value =
            switch (bytes.u16(entry + 2)) {
              case BYTE -> bytes.u8(entry + 8);
              case SHORT -> bytes.u16(entry + 8);
              case LONG -> bytes.u32(entry + 8);
              default -> 0;
            };
        return valid(value);
      }
    }
    return 1;
  }

  /** Returns the value, or 1 for one that means nothing. */
  static int valid(long value) {
    return value >= 1 && value <= 8 ? (int) value : 1;
  }
}
