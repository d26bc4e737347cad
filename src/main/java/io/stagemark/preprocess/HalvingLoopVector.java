package io.stagemark.preprocess;

import io.stagemark.data.VectorLoop;
import java.util.Objects;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link HalvingLoop} with the Vector API: a permutation puts the two bytes that are added into one
 * short, another takes the bytes of the results together. The ranges are checked before the loop,
 * for the trials' JVMs check no vector access.
 */
final class HalvingLoopVector implements HalvingLoop, VectorLoop {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;

  /**
   * Pixels of the result a vector: eight bytes each, for three channels of two and two to spare.
   */
  private static final int PIXELS = BYTES.length() / 8;

  private static final VectorShuffle<Byte> PAIRS =
      VectorShuffle.fromOp(
          BYTES, lane -> lane % 8 < 6 ? lane / 8 * 6 + lane % 2 * 3 + lane % 8 / 2 : 0);

  private static final VectorShuffle<Byte> TOGETHER =
      VectorShuffle.fromOp(BYTES, lane -> lane < 3 * PIXELS ? lane / 3 * 8 + lane % 3 * 2 : 0);

  @Override
  public void average(byte[] rows, int first, int count, byte[] into, int at) {
    int row = (rows.length - PADDING) / 2;
    Objects.checkFromIndexSize(6 * first, 6 * count, row);
    Objects.checkFromIndexSize(at, 3 * count, into.length);
    // whole vectors are stored, so the last pixels before the end of the array are not for them
    int last = into.length - at - BYTES.length();
    int vectors = last < 0 ? 0 : last / (3 * PIXELS) + 1;
    int whole = PIXELS * Math.min(count / PIXELS, vectors);
    for (int x = 0; x < whole; x += PIXELS) {
      int from = 6 * (first + x);
      ShortVector upper = pairs(rows, from);
      ShortVector lower = pairs(rows, row + from);
      sum(upper)
          .add(sum(lower))
          .add((short) 2)
          .lanewise(VectorOperators.LSHR, 2)
          .reinterpretAsBytes()
          .rearrange(TOGETHER)
          .intoArray(into, at + 3 * x);
    }
    for (int i = 3 * whole; i < 3 * count; i++) {
      int from = 6 * (first + i / 3) + i % 3;
      into[at + i] =
          (byte)
              ((rows[from] & 0xFF)
                      + (rows[from + 3] & 0xFF)
                      + (rows[row + from] & 0xFF)
                      + (rows[row + from + 3] & 0xFF)
                      + 2
                  >> 2);
    }
  }

  @Override
  public void runEveryPath() {
    int count = 4 * BYTES.length();
    average(new byte[12 * count + PADDING], 0, count, new byte[3 * count], 0);
  }

  private static ShortVector pairs(byte[] rows, int from) {
    return ByteVector.fromArray(BYTES, rows, from).rearrange(PAIRS).reinterpretAsShorts();
  }

  private static ShortVector sum(ShortVector pairs) {
    return pairs.and((short) 0xFF).add(pairs.lanewise(VectorOperators.LSHR, 8));
  }
}
