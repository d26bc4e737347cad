package io.stagemark.dataset;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a tensor as {@code numpy.save} does, byte by byte (numpy.lib.format, version 1.0). */
public final class NpyWriter {
  private static final int ALIGNMENT = 64;
  private static final int PREFIX_BYTES = 10;

  private NpyWriter() {}

  /**
   * Writes a file, over an earlier one.
   *
   * @param file {@code .npy}
   * @param given bfloat16, which NumPy does not know, becomes float32: the same numbers
   * @throws IllegalArgumentException for bfloat16 of more than 2 GiB as float32
   */
  public static void write(Path file, Tensor given) throws IOException {
    Tensor tensor = given.spec().type() == ElementType.BFLOAT16 ? asFloats(given) : given;
    byte[] header = header(tensor);
    byte[] content = new byte[tensor.bytes().capacity()];
    tensor.bytes().get(0, content);
    if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
      content = mirrored(content, tensor.spec().type().bytes());
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(header);
      out.write(content);
    }
  }

  private static Tensor asFloats(Tensor tensor) {
    TensorSpec spec = tensor.spec();
    Tensor floats = Tensor.allocate(new TensorSpec(spec.name(), ElementType.FLOAT32, spec.shape()));
    for (int i = 0; i < floats.floats().capacity(); i++) {
      floats.floats().put(i, (float) tensor.number(i));
    }
    return floats;
  }

  private static byte[] mirrored(byte[] content, int elementBytes) {
    byte[] mirrored = new byte[content.length];
    for (int i = 0; i < content.length; i++) {
      mirrored[i - i % elementBytes + elementBytes - 1 - i % elementBytes] = content[i];
    }
    return mirrored;
  }

  private static byte[] header(Tensor tensor) {
    String extents =
        tensor.spec().shape().stream().map(String::valueOf).collect(Collectors.joining(", "));
    String shape = tensor.spec().shape().size() == 1 ? extents + "," : extents;
    String dictionary =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(descr(tensor.spec().type()), shape);
    int unpadded = PREFIX_BYTES + dictionary.length() + 1;
    int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
    int length = dictionary.length() + padding + 1;
    String prefix = "\u0093NUMPY\u0001\u0000" + (char) (length & 0xFF) + (char) (length >> 8);
    return (prefix + dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String descr(ElementType type) {
    return NpyHeader.TYPES.entrySet().stream()
        .filter(entry -> entry.getValue() == type)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("NumPy has no type for " + type));
  }
}
