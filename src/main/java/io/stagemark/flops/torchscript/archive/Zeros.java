package io.stagemark.flops.torchscript.archive;

import io.stagemark.flops.onnx.value.OnnxType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Counts elements that are zero, of either sign, in a stream of little-endian elements. */
final class Zeros {
  private Zeros() {}

  /**
   * Counts the zeros in parts of a stream.
   *
   * @param parts in ascending order, none overlapping another
   * @return as many counts
   */
  static long[] count(InputStream in, OnnxType type, List<StorageSpan> parts) throws IOException {
    int width = Math.max(1, type.bits() / 8);
    byte[] block = new byte[width << 14];
    long[] zeros = new long[parts.size()];
    int part = 0;
    long element = 0;
    int length = in.readNBytes(block, 0, block.length);
    while (length > 0 && part < zeros.length) {
      for (int at = 0; at + width <= length; at += width, element++) {
        while (part < zeros.length && element > parts.get(part).last()) {
          part++;
        }
        if (part < zeros.length && element >= parts.get(part).first()) {
          zeros[part] += isZero(block, at, width, type.isFloat()) ? 1 : 0;
        }
      }
      length = in.readNBytes(block, 0, block.length);
    }
    return zeros;
  }

  private static boolean isZero(byte[] block, int at, int width, boolean signed) {
    for (int i = 0; i < width - 1; i++) {
      if (block[at + i] != 0) {
        return false;
      }
    }
    int last = block[at + width - 1] & (signed ? 0x7F : 0xFF);
    return last == 0;
  }
}
