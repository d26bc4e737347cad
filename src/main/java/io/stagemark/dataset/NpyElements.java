package io.stagemark.dataset;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The elements of an array on their way from a file, in whatever order and width it stores them,
 * into a tensor: row-major, native byte order.
 */
final class NpyElements {
  private static final int CHUNK_BYTES = 1 << 16;

  private final NpyHeader header;
  private final Tensor tensor;
  private final int[] index;
  private final long[] strides;
  private int place;

  private NpyElements(NpyHeader header, Tensor tensor) {
    this.header = header;
    this.tensor = tensor;
    this.index = new int[header.shape().size()];
    this.strides = new long[index.length];
    long stride = 1;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= header.shape().get(axis);
    }
  }

  /**
   * Reads the elements behind a header to the end of the stream.
   *
   * @param available bytes that the stream can have at most: no memory is taken for more
   * @throws NpyFormatException if there are fewer or more bytes than the shape needs, or a value
   *     that the tensor cannot hold
   */
  static Tensor read(InputStream in, String name, NpyHeader header, long available)
      throws IOException, NpyFormatException {
    long stored = header.storedBytes();
    Tensor tensor = Tensor.allocate(fitting(name, header, stored, available));
    new NpyElements(header, tensor).fill(in, stored);
    if (in.read() >= 0) {
      throw tooLong();
    }
    return tensor;
  }

  /**
   * Returns what the elements would become.
   *
   * @param available bytes behind the header
   * @throws NpyFormatException if they are fewer or more than the shape needs
   */
  static TensorSpec spec(String name, NpyHeader header, long available) throws NpyFormatException {
    long stored = header.storedBytes();
    TensorSpec spec = fitting(name, header, stored, available);
    if (stored < available) {
      throw tooLong();
    }
    return spec;
  }

  private static NpyFormatException tooLong() {
    return new NpyFormatException("bytes after the last element");
  }

  private static TensorSpec fitting(String name, NpyHeader header, long stored, long available)
      throws NpyFormatException {
    long size = stored / header.layout().bytes() * header.type().bytes();
    if (stored > Integer.MAX_VALUE || size > Integer.MAX_VALUE - 64) {
      throw new NpyFormatException("%s bytes; a tensor holds at most 2 GiB".formatted(stored));
    }
    if (stored > available) {
      throw cutOff(available, header, stored);
    }
    return new TensorSpec(name, header.type(), header.shape());
  }

  private void fill(InputStream in, long stored) throws IOException, NpyFormatException {
    byte[] chunk = new byte[CHUNK_BYTES]; // a multiple of every element's size
    NpyHeader.Layout layout = header.layout();
    boolean asItIs =
        !layout.wide()
            && !(layout.fortran() && index.length > 1)
            && (layout.bytes() == 1
                || layout.bigEndian() == (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN));
    ByteBuffer target = tensor.bytes();
    for (long at = 0; at < stored; ) {
      int want = (int) Math.min(chunk.length, stored - at);
      int count = in.readNBytes(chunk, 0, want);
      if (count < want) {
        throw cutOff(at + count, header, stored);
      }
      if (asItIs) {
        target.put((int) at, chunk, 0, count);
      } else {
        for (int i = 0; i < count; i += layout.bytes()) {
          put(bits(chunk, i));
        }
      }
      at += count;
    }
  }

  private static NpyFormatException cutOff(long found, NpyHeader header, long stored) {
    return new NpyFormatException(
        "cut off: %s bytes of elements, shape %s of %s needs %s"
            .formatted(found, header.shape(), header.type(), stored));
  }

  private long bits(byte[] chunk, int at) {
    int bytes = header.layout().bytes();
    long bits = 0;
    for (int i = 0; i < bytes; i++) {
      int from = header.layout().bigEndian() ? at + i : at + bytes - 1 - i;
      bits = bits << 8 | (chunk[from] & 0xFF);
    }
    return bits;
  }

  /** Puts the next element of the file where it belongs. */
  private void put(long bits) throws NpyFormatException {
    if (header.layout().wide() && bits < 0) {
      throw new NpyFormatException(
          "the value %s in an array of uint64; the largest that is read is %s"
              .formatted(Long.toUnsignedString(bits), Long.MAX_VALUE));
    }
    ByteBuffer target = tensor.bytes();
    switch (header.type().bytes()) {
      case 1 -> target.put(place, (byte) bits);
      case 2 -> target.putShort(place * 2, (short) bits);
      case 4 -> target.putInt(place * 4, (int) bits);
      default -> target.putLong(place * 8, bits);
    }
    if (!header.layout().fortran()) {
      place++;
      return;
    }
    List<Long> shape = header.shape();
    for (int axis = 0; axis < index.length; axis++) {
      index[axis]++;
      place += (int) strides[axis];
      if (index[axis] < shape.get(axis)) {
        return;
      }
      place -= (int) (strides[axis] * index[axis]);
      index[axis] = 0;
    }
  }
}
