package io.stagemark.preprocess;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PlaneLoop} with the Vector API: one load and one permutation of as many pixels as there
 * are float lanes, and a channel: its byte out of the ints, two fused multiply-adds, a store. The
 * ranges are checked before the loop, for the trials' JVMs check no vector access.
 */
final class PlaneLoopVector implements PlaneLoop {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;

  /** Bytes of an int: first channel, second, anything, third; the ends need one operation each. */
  private static final VectorShuffle<Byte> PIXELS =
      VectorShuffle.fromOp(BYTES, lane -> lane / 4 * 3 + (lane % 4 + 1) / 2);

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private SplitAffine[] affines = new SplitAffine[0];
  private ByteBuffer target = ByteBuffer.allocateDirect(0);
  private int[] planes = new int[0];
  private boolean proportional;

  @Override
  public void prepare(SplitAffine[] newAffines, ByteBuffer newTarget, int[] newPlanes) {
    affines = newAffines.clone();
    target = newTarget;
    planes = newPlanes.clone();
    proportional = true;
    for (SplitAffine affine : affines) {
      proportional &= affine.highB() == 0 && affine.lowB() == 0;
    }
  }

  @Override
  public int lanes() {
    return FLOATS.length();
  }

  @Override
  public void write(byte[] pixels, int first, int count, int at) {
    Objects.checkIndex(lanes() - 1, count);
    Objects.checkFromIndexSize(3 * first, 3 * count + BYTES.length(), pixels.length);
    for (int plane : planes) {
      Objects.checkFromIndexSize(plane + at, count, target.capacity() / Float.BYTES);
    }
    int whole = count - count % lanes();
    run(pixels, first, whole, at);
    if (whole < count) {
      // the last pixels with some before them again, so that no vector writes past the end
      run(pixels, first + count - lanes(), lanes(), at + count - lanes());
    }
  }

  private void run(byte[] pixels, int first, int count, int at) {
    if (proportional) {
      scale(pixels, first, count, at);
    } else {
      shift(pixels, first, count, at);
    }
  }

  /** Without offsets the high product is exact inside the second fused multiply-add. */
  private void scale(byte[] pixels, int first, int count, int at) {
    FloatVector a0 = FloatVector.broadcast(FLOATS, affines[0].highA());
    FloatVector b0 = FloatVector.broadcast(FLOATS, affines[0].lowA());
    FloatVector a1 = FloatVector.broadcast(FLOATS, affines[1].highA());
    FloatVector b1 = FloatVector.broadcast(FLOATS, affines[1].lowA());
    FloatVector a2 = FloatVector.broadcast(FLOATS, affines[2].highA());
    FloatVector b2 = FloatVector.broadcast(FLOATS, affines[2].lowA());
    ByteBuffer out = target;
    int p0 = Float.BYTES * (planes[0] + at);
    int p1 = Float.BYTES * (planes[1] + at);
    int p2 = Float.BYTES * (planes[2] + at);
    for (int x = 0; x < count; x += FLOATS.length()) {
      IntVector ints = ints(pixels, first + x);
      FloatVector v0 = floats(ints.and(0xFF));
      FloatVector v1 = floats(ints.lanewise(VectorOperators.LSHR, 8).and(0xFF));
      FloatVector v2 = floats(ints.lanewise(VectorOperators.LSHR, 24));
      v0.fma(a0, v0.mul(b0)).intoByteBuffer(out, p0 + Float.BYTES * x, ORDER);
      v1.fma(a1, v1.mul(b1)).intoByteBuffer(out, p1 + Float.BYTES * x, ORDER);
      v2.fma(a2, v2.mul(b2)).intoByteBuffer(out, p2 + Float.BYTES * x, ORDER);
    }
  }

  private void shift(byte[] pixels, int first, int count, int at) {
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
    ByteBuffer out = target;
    int p0 = Float.BYTES * (planes[0] + at);
    int p1 = Float.BYTES * (planes[1] + at);
    int p2 = Float.BYTES * (planes[2] + at);
    for (int x = 0; x < count; x += FLOATS.length()) {
      IntVector ints = ints(pixels, first + x);
      FloatVector v0 = floats(ints.and(0xFF));
      FloatVector v1 = floats(ints.lanewise(VectorOperators.LSHR, 8).and(0xFF));
      FloatVector v2 = floats(ints.lanewise(VectorOperators.LSHR, 24));
      v0.fma(a0, b0).add(v0.fma(c0, d0)).intoByteBuffer(out, p0 + Float.BYTES * x, ORDER);
      v1.fma(a1, b1).add(v1.fma(c1, d1)).intoByteBuffer(out, p1 + Float.BYTES * x, ORDER);
      v2.fma(a2, b2).add(v2.fma(c2, d2)).intoByteBuffer(out, p2 + Float.BYTES * x, ORDER);
    }
  }

  private static IntVector ints(byte[] pixels, int first) {
    return ByteVector.fromArray(BYTES, pixels, 3 * first).rearrange(PIXELS).reinterpretAsInts();
  }

  private static FloatVector floats(IntVector ints) {
    return (FloatVector) ints.convert(VectorOperators.I2F, 0);
  }
}
