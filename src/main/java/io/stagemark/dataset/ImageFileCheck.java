package io.stagemark.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether an image file is there and whole, by its container alone: no pixel is decoded. OpenCV
 * decodes a truncated JPEG in silence, with grey where the rest was, so this is asked before.
 */
final class ImageFileCheck {
  static final String EXPECTED = "a whole JPEG, PNG, WebP or BMP file";
  static final String TRY = "fetch the file again, or take it out of the data set";

  private static final int MOST_BYTES = 512 << 20;

  private ImageFileCheck() {}

  /** Returns what is wrong with the file; empty if it is whole. */
  static Optional<String> fault(Path file) {
    if (Files.isDirectory(file)) {
      return Optional.of("a folder");
    }
    try {
      long size = Files.size(file);
      if (size == 0) {
        return Optional.of("0 bytes");
      }
      return size > MOST_BYTES
          ? Optional.of("more than 512 MiB")
          : fault(ByteBuffer.wrap(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.of("no such file");
    } catch (IOException e) {
      return Optional.of("unreadable: " + e.getMessage());
    }
  }

  /** Returns what is wrong with the content. */
  static Optional<String> fault(ByteBuffer bytes) {
    if (starts(bytes, 0, 0xFF, 0xD8, 0xFF)) {
      return whole(JpegEnd.reached(bytes), "JPEG without its end marker", bytes);
    }
    if (starts(bytes, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return whole(pngEnds(bytes), "PNG without its IEND chunk", bytes);
    }
    if (starts(bytes, 0, 'R', 'I', 'F', 'F') && starts(bytes, 8, 'W', 'E', 'B', 'P')) {
      long riff = Integer.toUnsignedLong(Integer.reverseBytes(bytes.getInt(4)));
      return whole(bytes.limit() >= riff + 8, "WebP of " + (riff + 8) + " bytes", bytes);
    }
    if (starts(bytes, 0, 'B', 'M') && bytes.limit() >= 26) {
      long need = BmpSize.bytes(bytes);
      return whole(bytes.limit() >= need, "BMP of " + need + " bytes", bytes);
    }
    StringBuilder start = new StringBuilder();
    for (int i = 0; i < Math.min(4, bytes.limit()); i++) {
      start.append(" %02x".formatted(bytes.get(i)));
    }
    return Optional.of("no image of these formats: it starts with bytes" + start);
  }

  private static Optional<String> whole(boolean isWhole, String what, ByteBuffer bytes) {
    return isWhole
        ? Optional.empty()
        : Optional.of("cut off after %s bytes: a %s".formatted(bytes.limit(), what));
  }

  /** Walks the chunks of PNG (ISO/IEC 15948, 5.3): length, type, data, checksum. */
  private static boolean pngEnds(ByteBuffer bytes) {
    long at = 8;
    while (at + 12 <= bytes.limit()) {
      if (starts(bytes, (int) at + 4, 'I', 'E', 'N', 'D')) {
        return true;
      }
      at += 12 + Integer.toUnsignedLong(bytes.getInt((int) at));
    }
    return false;
  }

  private static boolean starts(ByteBuffer bytes, int at, int... expected) {
    if (at + expected.length > bytes.limit()) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((bytes.get(at + i) & 0xFF) != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
