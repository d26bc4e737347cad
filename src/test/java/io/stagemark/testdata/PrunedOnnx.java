package io.stagemark.testdata;

import java.util.function.IntPredicate;

/**
 * An ONNX file with the weights of some initializers set to zero: the same graph, another model.
 */
public final class PrunedOnnx {
  private static final int GRAPH = 7;
  private static final int INITIALIZER = 5;
  private static final int RAW_DATA = 9;

  private final byte[] bytes;
  private final IntPredicate pruned;
  private int tensors;

  private PrunedOnnx(byte[] bytes, IntPredicate pruned) {
    this.bytes = bytes;
    this.pruned = pruned;
  }

  /**
   * Returns a copy.
   *
   * @param file bytes of a ModelProto with raw weights
   * @param pruned which initializers, by their place in the graph
   */
  public static byte[] of(byte[] file, IntPredicate pruned) {
    PrunedOnnx copy = new PrunedOnnx(file.clone(), pruned);
    copy.message(0, file.length, new int[] {GRAPH, INITIALIZER, RAW_DATA}, 0);
    return copy.bytes;
  }

  /** Walks the fields of a message; goes into those of the path, and clears the last. */
  private void message(int from, int to, int[] path, int depth) {
    int at = from;
    while (at < to) {
      int[] tag = varint(at);
      at = tag[1];
      int field = tag[0] >>> 3;
      switch (tag[0] & 7) {
        case 0 -> at = varint(at)[1];
        case 1 -> at += 8;
        case 5 -> at += 4;
        case 2 -> {
          int[] length = varint(at);
          at = length[1];
          if (field == path[depth]) {
            inside(at, at + length[0], path, depth);
          }
          at += length[0];
        }
        default -> throw new IllegalArgumentException("no protobuf at byte " + at);
      }
    }
  }

  private void inside(int from, int to, int[] path, int depth) {
    if (depth == path.length - 1) {
      if (pruned.test(tensors - 1)) {
        java.util.Arrays.fill(bytes, from, to, (byte) 0);
      }
      return;
    }
    if (path[depth] == INITIALIZER) {
      tensors++;
    }
    message(from, to, path, depth + 1);
  }

  private int[] varint(int from) {
    long value = 0;
    int at = from;
    for (int shift = 0; ; shift += 7) {
      value |= (long) (bytes[at] & 0x7f) << shift;
      if (bytes[at++] >= 0) {
        return new int[] {(int) value, at};
      }
    }
  }
}
