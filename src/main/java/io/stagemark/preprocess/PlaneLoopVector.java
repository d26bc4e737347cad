package io.stagemark.preprocess;

import io.stagemark.data.DirectFloatsVector;
import io.stagemark.data.VectorLoop;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
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
 *
 * <p>Instructions bound the loop, so the permutation stays in a register (a shuffle made from a
 * vector in the method does, a constant one is read anew after each store) and places are sums. Two
 * vectors a plane are stored together: planes whose addresses collide in the nearest cache then
 * cost less. Three together are no longer kept in registers by the compiler of JDK 17.
 */
final class PlaneLoopVector implements PlaneLoop, VectorLoop {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;

  /** Bytes of an int: first channel, second, anything, third; the ends need one operation each. */
  private static final ByteVector PIXELS =
      (ByteVector)
          VectorShuffle.fromOp(BYTES, lane -> lane / 4 * 3 + (lane % 4 + 1) / 2).toVector();

  /** Bytes of a plane that a vector fills. */
  private static final int STEP = Float.BYTES * FLOATS.length();

  /** Bytes of interleaved pixels for them. */
  private static final int PIXEL_STEP = 3 * FLOATS.length();

  private static final MethodHandle STORE = DirectFloatsVector.STORE;

  private SplitAffine[] affines = new SplitAffine[0];
  private Object target = DirectFloatsVector.memory(ByteBuffer.allocateDirect(0));
  private int floats;
  private int[] planes = new int[0];
  private boolean proportional;

  @Override
  public void prepare(SplitAffine[] newAffines, ByteBuffer newTarget, int[] newPlanes) {
    affines = newAffines.clone();
    target = DirectFloatsVector.memory(newTarget);
    floats = newTarget.capacity() / Float.BYTES;
    planes = newPlanes.clone();
    proportional = true;
    for (SplitAffine affine : affines) {
      proportional &= affine.highB() == 0 && affine.lowB() == 0;
    }
  }

  @Override
  public int lanes() {
    return 2 * FLOATS.length();
  }

  @Override
  public void write(byte[] pixels, int first, int count, int at) {
    Objects.checkIndex(lanes() - 1, count);
    Objects.checkFromIndexSize(3 * first, 3 * count + BYTES.length(), pixels.length);
    for (int plane : planes) {
      Objects.checkFromIndexSize(plane + at, count, floats);
    }
    int whole = count - count % lanes();
    run(pixels, first, whole, at);
    if (whole < count) {
      // the last pixels with some before them again, so that no vector writes past the end
      run(pixels, first + count - lanes(), lanes(), at + count - lanes());
    }
  }

  /** Both paths: {@link #scale} without offsets, {@link #shift} with some. */
  @Override
  public void runEveryPath() {
    byte[] pixels = new byte[3 * (lanes() + PADDING)];
    ByteBuffer planes = ByteBuffer.allocateDirect(3 * lanes() * Float.BYTES);
    for (float offset : new float[] {0, 1}) {
      SplitAffine affine = new SplitAffine(1, 0, offset, 0);
      prepare(
          new SplitAffine[] {affine, affine, affine}, planes, new int[] {0, lanes(), 2 * lanes()});
      write(pixels, 0, lanes(), 0);
    }
  }

  private void run(byte[] pixels, int first, int count, int at) {
    try {
      if (proportional) {
        scale(pixels, first, count, at);
      } else {
        shift(pixels, first, count, at);
      }
    } catch (Throwable e) {
      throw DirectFloatsVector.unchecked(e);
    }
  }

  /** Without offsets the high product is exact inside the second fused multiply-add. */
  private void scale(byte[] pixels, int first, int count, int at) throws Throwable {
    FloatVector a0 = FloatVector.broadcast(FLOATS, affines[0].highA());
    FloatVector b0 = FloatVector.broadcast(FLOATS, affines[0].lowA());
    FloatVector a1 = FloatVector.broadcast(FLOATS, affines[1].highA());
    FloatVector b1 = FloatVector.broadcast(FLOATS, affines[1].lowA());
    FloatVector a2 = FloatVector.broadcast(FLOATS, affines[2].highA());
    FloatVector b2 = FloatVector.broadcast(FLOATS, affines[2].lowA());
    VectorShuffle<Byte> shuffle = PIXELS.toShuffle();
    Object out = target;
    int p0 = Float.BYTES * (planes[0] + at);
    int p1 = Float.BYTES * (planes[1] + at);
    int p2 = Float.BYTES * (planes[2] + at);
    int end = Float.BYTES * count;
    for (int to = 0, from = 3 * first; to < end; to += 2 * STEP, from += 2 * PIXEL_STEP) {
      IntVector near = ints(pixels, from, shuffle);
      IntVector far = ints(pixels, from + PIXEL_STEP, shuffle);
      FloatVector n0 = low(near);
      FloatVector n1 = middle(near);
      FloatVector n2 = high(near);
      FloatVector f0 = low(far);
      FloatVector f1 = middle(far);
      FloatVector f2 = high(far);
      STORE.invokeExact(n0.fma(a0, n0.mul(b0)), out, p0 + to);
      STORE.invokeExact(f0.fma(a0, f0.mul(b0)), out, p0 + to + STEP);
      STORE.invokeExact(n1.fma(a1, n1.mul(b1)), out, p1 + to);
      STORE.invokeExact(f1.fma(a1, f1.mul(b1)), out, p1 + to + STEP);
      STORE.invokeExact(n2.fma(a2, n2.mul(b2)), out, p2 + to);
      STORE.invokeExact(f2.fma(a2, f2.mul(b2)), out, p2 + to + STEP);
    }
  }

  private void shift(byte[] pixels, int first, int count, int at) throws Throwable {
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
    VectorShuffle<Byte> shuffle = PIXELS.toShuffle();
    Object out = target;
    int p0 = Float.BYTES * (planes[0] + at);
    int p1 = Float.BYTES * (planes[1] + at);
    int p2 = Float.BYTES * (planes[2] + at);
    int end = Float.BYTES * count;
    for (int to = 0, from = 3 * first; to < end; to += STEP, from += PIXEL_STEP) {
      IntVector ints = ints(pixels, from, shuffle);
      FloatVector v0 = low(ints);
      FloatVector v1 = middle(ints);
      FloatVector v2 = high(ints);
      STORE.invokeExact(v0.fma(a0, b0).add(v0.fma(c0, d0)), out, p0 + to);
      STORE.invokeExact(v1.fma(a1, b1).add(v1.fma(c1, d1)), out, p1 + to);
      STORE.invokeExact(v2.fma(a2, b2).add(v2.fma(c2, d2)), out, p2 + to);
    }
  }

  private static IntVector ints(byte[] pixels, int from, VectorShuffle<Byte> shuffle) {
    return ByteVector.fromArray(BYTES, pixels, from).rearrange(shuffle).reinterpretAsInts();
  }

  private static FloatVector low(IntVector ints) {
    return floats(ints.and(0xFF));
  }

  private static FloatVector middle(IntVector ints) {
    return floats(ints.lanewise(VectorOperators.LSHR, 8).and(0xFF));
  }

  private static FloatVector high(IntVector ints) {
    return floats(ints.lanewise(VectorOperators.LSHR, 24));
  }

  private static FloatVector floats(IntVector ints) {
    return (FloatVector) ints.convert(VectorOperators.I2F, 0);
  }
}
