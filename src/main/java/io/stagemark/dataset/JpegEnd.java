package io.stagemark.dataset;

import java.nio.ByteBuffer;

/**
 * Finds the end of a JPEG by its markers (ITU-T T.81, annex B). The end marker of a thumbnail lies
 * within a segment and is jumped over; what follows the image's own is padding.
 */
final class JpegEnd {
  private static final int SCAN = 0xDA;
  private static final int END = 0xD9;

  private JpegEnd() {}

  /** Returns whether the image's end marker is there. */
  static boolean reached(ByteBuffer bytes) {
    int size = bytes.limit();
    int at = 2;
    while (at + 1 < size) {
      int marker = bytes.get(at + 1) & 0xFF;
      if ((bytes.get(at) & 0xFF) != 0xFF) {
        return false;
      } else if (marker == END) {
        return true;
      } else if (marker == 0xFF) {
        at++;
      } else if (isBare(marker)) {
        at += 2;
      } else if (at + 3 < size) {
        at += 2 + (bytes.getShort(at + 2) & 0xFFFF);
        if (marker == SCAN && at < size - 1 && endsAt(bytes, size - 2)) {
          return true; // nearly every file, without reading its pixels
        }
        at = marker == SCAN ? afterScan(bytes, at) : at;
      } else {
        return false;
      }
    }
    return false;
  }

  private static boolean endsAt(ByteBuffer bytes, int at) {
    return (bytes.get(at) & 0xFF) == 0xFF && (bytes.get(at + 1) & 0xFF) == END;
  }

  /** Entropy-coded data end at the first marker that is neither stuffing nor a restart. */
  private static int afterScan(ByteBuffer bytes, int from) {
    for (int at = from; at + 1 < bytes.limit(); at++) {
      int next = bytes.get(at + 1) & 0xFF;
      if ((bytes.get(at) & 0xFF) == 0xFF && next != 0 && next != 0xFF && !isBare(next)) {
        return at;
      }
    }
    return bytes.limit();
  }

  /** A marker without a length: restart, start of image, TEM. */
  private static boolean isBare(int marker) {
    return (marker >= 0xD0 && marker <= 0xD8) || marker == 0x01;
  }
}
