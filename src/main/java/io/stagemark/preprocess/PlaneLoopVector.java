package io.stagemark.preprocess;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PlaneLoop} with the Vector API: one load of as many pixels as there are float lanes, and a
 * channel: a permutation that puts its bytes where the ints begin, two fused multiply-adds, a
 * store.
 */
final class PlaneLoopVector implements PlaneLoop {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final VectorShuffle<Byte> FIRST = channel(0);
  private static final VectorShuffle<Byte> SECOND = channel(1);
  private static final VectorShuffle<Byte> THIRD = channel(2);

  private SplitAffine[] affines = new SplitAffine[0];

  /** Lane 4i takes byte 3i + channel; the others are masked away. */
  private static VectorShuffle<Byte> channel(int channel) {
    return VectorShuffle.fromOp(BYTES, lane -> lane % 4 == 0 ? lane / 4 * 3 + channel : 0);
  }

  @Override
  public void prepare(SplitAffine[] newAffines) {
    affines = newAffines.clone();
  }

  @Override
  public void compute(byte[] pixels, int first, int count, float[] planes) {
    FloatVector a0 = FloatVector.broadcast(FLOATS, affines[0].highA());
    FloatVector b0 = FloatVector.broadcast(FLOATS, affines[0].highB());
    FloatVector c0 = FloatVector.broadcast(FLOATS, affines[0].lowA());
    FloatVector d0 = FloatVector.broadcast(FLOATS, affines[0].lowB());
    FloatVector a1 = FloatVector.broadcast(FLOATS, affines[1].highA());
    FloatVector b1 = FloatVector.broadcast(FLOATS, affines[1].highB());
    FloatVector c1 = FloatVector.broadcast(FLOATS, affines[1].lowA());
    FloatVector d1 = FloatVector.broadcast(FLOATS, affines[1].lowB());
    FloatVector a2 = FloatVector.broadcast(FLOATS, affines[2].highA());
    FloatVector b2 = FloatVector.broadcast(FLOATS, affines[2].highB());
    FloatVector c2 = FloatVector.broadcast(FLOATS, affines[2].lowA());
    FloatVector d2 = FloatVector.broadcast(FLOATS, affines[2].lowB());
    int plane = BLOCK + PADDING;
    for (int x = 0; x < count; x += FLOATS.length()) {
      ByteVector bytes = ByteVector.fromArray(BYTES, pixels, 3 * (first + x));
      FloatVector v0 = values(bytes, FIRST);
      FloatVector v1 = values(bytes, SECOND);
      FloatVector v2 = values(bytes, THIRD);
      v0.fma(a0, b0).add(v0.fma(c0, d0)).intoArray(planes, x);
      v1.fma(a1, b1).add(v1.fma(c1, d1)).intoArray(planes, x + plane);
      v2.fma(a2, b2).add(v2.fma(c2, d2)).intoArray(planes, x + 2 * plane);
    }
  }

  private static FloatVector values(ByteVector bytes, VectorShuffle<Byte> channel) {
    return (FloatVector)
        bytes.rearrange(channel).reinterpretAsInts().and(0xFF).convert(VectorOperators.I2F, 0);
  }
}
