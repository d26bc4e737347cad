package io.stagemark.trial.loop;

import io.stagemark.data.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * A digest of outputs: proof that work was done and that it was the same work. Not thread-safe.
 *
 * <p>{@link #sampled} is cheap enough for every batch: it reads up to 64 places of each output.
 * {@link #whole} reads every byte, for the first visit of an example.
 */
public final class OutputFingerprint {
  private static final int PLACES = 64;
  private static final long PRIME = 0x100000001b3L;
  private static final long BASIS = 0xcbf29ce484222325L;

  private OutputFingerprint() {}

  /**
   * Returns a digest of up to 64 places of each output, within one slot of a batch; allocates
   * nothing.
   *
   * @param batch examples in the batch; an output whose size is no multiple of it counts whole
   */
  public static long sampled(List<Tensor> outputs, int slot, int batch) {
    long hash = BASIS;
    for (int i = 0; i < outputs.size(); i++) {
      ByteBuffer bytes = outputs.get(i).bytes();
      int size = slotBytes(bytes, batch);
      int from = slotOffset(bytes, slot, batch);
      int step = Math.max(1, size / PLACES);
      for (int at = 0; at < size; at += step) {
        hash = (hash ^ bytes.get(from + at)) * PRIME;
      }
      // One byte of a float says little: the places' neighbours come in as whole words.
      for (int at = 0; at + Long.BYTES <= size; at += Math.max(Long.BYTES, step)) {
        hash = (hash ^ bytes.getLong(from + at)) * PRIME;
      }
    }
    return hash;
  }

  /**
   * Returns a digest of every byte of every tensor within one slot of a batch, as eight hexadecimal
   * digits: which examples share the batch depends on where warm-up ended.
   *
   * @param batch as for {@link #sampled}
   */
  public static String whole(List<Tensor> tensors, int slot, int batch) {
    CRC32C crc = new CRC32C();
    for (Tensor tensor : tensors) {
      int size = slotBytes(tensor.bytes(), batch);
      crc.update(tensor.bytes().slice(slotOffset(tensor.bytes(), slot, batch), size));
    }
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  public static int slotBytes(ByteBuffer bytes, int batch) {
    return bytes.capacity() % batch == 0 ? bytes.capacity() / batch : bytes.capacity();
  }

  public static int slotOffset(ByteBuffer bytes, int slot, int batch) {
    return bytes.capacity() % batch == 0 ? slot * slotBytes(bytes, batch) : 0;
  }
}
