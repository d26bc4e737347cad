package io.stagemark.preprocess;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What an image file says of itself, read before anything is decoded: a truncated file is refused
 * here (OpenCV would fill the rest with grey), and so is one too large to hold.
 *
 * @param format JPEG, PNG, BMP or WebP
 * @param widthPx as stored, before EXIF orientation
 * @param heightPx as stored
 * @param components colour components of a JPEG; 0 for other formats
 */
record ImageHeader(String format, int widthPx, int heightPx, int components) {

  /**
   * Reads a header.
   *
   * @param bytes the whole file from 0 to limit; position and order are not used
   * @throws IOException if the file is not a complete image of the four formats; says why
   */
  static ImageHeader read(ByteBuffer bytes) throws IOException {
    ByteBuffer file = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
    int size = file.limit();
    if (size == 0) {
      throw new IOException("the file is empty");
    }
    try {
      if (size >= 3 && (file.getInt(0) >>> 8) == 0xFFD8FF) {
        return jpeg(file);
      }
      if (size >= 8 && file.getLong(0) == 0x89504E470D0A1A0AL) {
        return png(file);
      }
      if (size >= 12 && file.getInt(0) == 0x52494646 && file.getInt(8) == 0x57454250) {
        return webp(file.order(ByteOrder.LITTLE_ENDIAN));
      }
      if (size >= 2 && file.getShort(0) == 0x424D) {
        return bmp(file.order(ByteOrder.LITTLE_ENDIAN));
      }
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("the file is truncated after %d bytes".formatted(size), e);
    }
    throw new IOException("not a JPEG, PNG, WebP or BMP image");
  }

  /** ITU-T T.81: markers up to the first scan, then the end marker after it. */
  private static ImageHeader jpeg(ByteBuffer file) throws IOException {
    ImageHeader header = null;
    int at = 2;
    while (true) {
      if ((file.get(at) & 0xFF) != 0xFF) {
        throw new IOException("damaged JPEG: no marker at byte " + at);
      }
      int marker = file.get(at + 1) & 0xFF;
      if (marker == 0xFF) {
        at++;
      } else if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
        at += 2;
      } else if (marker == 0xD9) {
        throw new IOException("damaged JPEG: it ends before its pixels");
      } else if (marker == 0xDA) {
        break;
      } else {
        boolean frame = marker >= 0xC0 && marker <= 0xCF && !isTable(marker);
        if (frame) {
          header =
              new ImageHeader(
                  "JPEG",
                  file.getShort(at + 7) & 0xFFFF,
                  file.getShort(at + 5) & 0xFFFF,
                  file.get(at + 9) & 0xFF);
        }
        at += 2 + (file.getShort(at + 2) & 0xFFFF);
      }
    }
    if (header == null) {
      throw new IOException("damaged JPEG: no frame header before its pixels");
    }
    requireEndMarker(file, at);
    return header;
  }

  private static boolean isTable(int marker) {
    return marker == 0xC4 || marker == 0xC8 || marker == 0xCC;
  }

  /** Entropy-coded data never holds FF D9, so the last one after the scan's start is the end. */
  private static void requireEndMarker(ByteBuffer file, int scanStart) throws IOException {
    for (int i = file.limit() - 2; i > scanStart; i--) {
      if (file.get(i) == (byte) 0xFF && file.get(i + 1) == (byte) 0xD9) {
        return;
      }
    }
    throw new IOException(
        "the JPEG is truncated: no end marker in %d bytes".formatted(file.limit()));
  }

  /** PNG (ISO/IEC 15948): chunks of length, name, data, CRC up to IEND. */
  private static ImageHeader png(ByteBuffer file) throws IOException {
    if (file.getInt(12) != 0x49484452) {
      throw new IOException("damaged PNG: it does not start with IHDR");
    }
    long at = 8;
    while (file.getInt(Math.toIntExact(at) + 4) != 0x49454E44) {
      at += 12 + (file.getInt((int) at) & 0xFFFFFFFFL);
      if (at > file.limit()) {
        throw new IndexOutOfBoundsException();
      }
    }
    return new ImageHeader("PNG", file.getInt(16), file.getInt(20), 0);
  }

  private static ImageHeader bmp(ByteBuffer file) {
    int width = file.getInt(18);
    int height = Math.abs(file.getInt(22));
    int bitsPerPixel = file.getShort(28);
    boolean uncompressed = file.getInt(30) == 0;
    long rowBytes = (((long) width * bitsPerPixel + 31) / 32) * 4;
    if (uncompressed && file.getInt(10) + rowBytes * height > file.limit()) {
      throw new IndexOutOfBoundsException();
    }
    return new ImageHeader("BMP", width, height, 0);
  }

  /** RFC 9649: a lossy, a lossless or an extended first chunk. */
  private static ImageHeader webp(ByteBuffer file) throws IOException {
    if ((file.getInt(4) & 0xFFFFFFFFL) + 8 > file.limit()) {
      throw new IndexOutOfBoundsException();
    }
    int chunk = Integer.reverseBytes(file.getInt(12));
    return switch (chunk) {
      case 0x56503820 -> // 'VP8 '
          new ImageHeader("WebP", file.getShort(26) & 0x3FFF, file.getShort(28) & 0x3FFF, 0);
      case 0x5650384C -> { // 'VP8L'
        int bits = file.getInt(21);
        yield new ImageHeader("WebP", (bits & 0x3FFF) + 1, ((bits >>> 14) & 0x3FFF) + 1, 0);
      }
      case 0x56503858 -> // 'VP8X'
          new ImageHeader(
              "WebP", (file.getInt(24) & 0xFFFFFF) + 1, (file.getInt(27) & 0xFFFFFF) + 1, 0);
      default -> throw new IOException("damaged WebP: unknown first chunk");
    };
  }
}
