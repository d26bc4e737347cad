package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.OnnxType;
import java.io.IOException;
import java.io.InputStream;

/** Counts elements that are zero, of either sign, in a stream of little-endian elements. */
final class Zeros {
  private Zeros() {}

  static long count(InputStream in, OnnxType type) throws IOException {
    int width = Math.max(1, type.bits() / 8);
    byte[] block = new byte[width << 16];
    long zeros = 0;
    int length = in.readNBytes(block, 0, block.length);
    while (length > 0) {
      for (int at = 0; at + width <= length; at += width) {
        zeros += isZero(block, at, width, type.isFloat()) ? 1 : 0;
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
