package io.stagemark.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/**
 * A dense row-major array over direct memory in native byte order.
 *
 * <p>It is a view: an engine's input or output tensor aliases the engine's own memory, so writing
 * here is writing there. The buffers returned are always the same objects (nothing is allocated on
 * access) and are meant for absolute access; their position and limit belong to the tensor and must
 * not be moved. Not thread-safe.
 */
public final class Tensor {
  private static final int CACHE_LINE = 64;

  private final TensorSpec spec;
  private final ByteBuffer bytes;
  private final FloatBuffer floats;
  private final IntBuffer ints;
  private final LongBuffer longs;

  /**
   * Wraps memory.
   *
   * @param spec name, type and static shape
   * @param memory direct, native order, exactly {@code spec.byteSize()} bytes from position to
   *     limit
   * @throws IllegalArgumentException if the memory is not direct, not in native order or not of
   *     that size: an engine reads big-endian or heap memory as garbage or copies it in silence
   */
  public Tensor(TensorSpec spec, ByteBuffer memory) {
    if (!memory.isDirect() || memory.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException(
          "tensor '%s' needs direct memory in native order (%s), got direct=%s order=%s"
              .formatted(spec.name(), ByteOrder.nativeOrder(), memory.isDirect(), memory.order()));
    }
    if (memory.remaining() != spec.byteSize()) {
      throw new IllegalArgumentException(
          "tensor '%s' of shape %s needs %d bytes, got %d"
              .formatted(spec.name(), spec.shape(), spec.byteSize(), memory.remaining()));
    }
    this.spec = spec;
    this.bytes = memory.slice().order(ByteOrder.nativeOrder());
    this.floats = bytes.asFloatBuffer();
    this.ints = bytes.asIntBuffer();
    this.longs = bytes.asLongBuffer();
  }

  /**
   * Allocates zeroed direct memory for {@code spec}.
   *
   * @throws IllegalArgumentException if it would need 2 GiB or more: a Java buffer cannot hold it
   */
  public static Tensor allocate(TensorSpec spec) {
    long size = spec.byteSize();
    if (size > Integer.MAX_VALUE - CACHE_LINE) {
      throw new IllegalArgumentException(
          "tensor %s needs %d bytes; one buffer holds at most %d"
              .formatted(spec, size, Integer.MAX_VALUE - CACHE_LINE));
    }
    ByteBuffer memory = ByteBuffer.allocateDirect((int) size + CACHE_LINE);
    // a wide vector's store across two cache lines costs twice
    int skip = (CACHE_LINE - memory.alignmentOffset(0, CACHE_LINE)) % CACHE_LINE;
    return new Tensor(spec, memory.slice(skip, (int) size).order(ByteOrder.nativeOrder()));
  }

  /** Returns name, type and shape. */
  public TensorSpec spec() {
    return spec;
  }

  /** Returns the bytes, for absolute access. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Returns the memory as float32 values; meaningful for {@link ElementType#FLOAT32} only. */
  public FloatBuffer floats() {
    return floats;
  }

  /** Returns the memory as 32-bit integers. */
  public IntBuffer ints() {
    return ints;
  }

  /** Returns the memory as 64-bit integers. */
  public LongBuffer longs() {
    return longs;
  }

  /**
   * Returns one number of any type, unsigned and half ones by their value, true as 1.
   *
   * @param index in row-major order
   */
  public double number(int index) {
    int at = index * spec.type().bytes();
    return switch (spec.type()) {
      case BOOL, UINT8 -> Byte.toUnsignedInt(bytes.get(at));
      case INT8 -> bytes.get(at);
      case INT16 -> bytes.getShort(at);
      case UINT16 -> Short.toUnsignedInt(bytes.getShort(at));
      case INT32 -> bytes.getInt(at);
      case INT64 -> bytes.getLong(at);
      case FLOAT16 -> HalfFloat.toFloat(bytes.getShort(at));
      case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(at) << Short.SIZE);
      case FLOAT32 -> bytes.getFloat(at);
      case FLOAT64 -> bytes.getDouble(at);
    };
  }

  /** Returns a copy in memory of its own. */
  public Tensor copy() {
    Tensor copy = allocate(spec);
    copy.bytes.put(0, bytes, 0, bytes.capacity());
    return copy;
  }

  @Override
  public String toString() {
    return spec.toString();
  }
}
