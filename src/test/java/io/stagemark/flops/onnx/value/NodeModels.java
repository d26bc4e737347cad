package io.stagemark.flops.onnx.value;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The models of ONNX's own test generator, if they are in the shared folder. */
final class NodeModels {
  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 11;

  private NodeModels() {}

  /** Unpacks the archive (POSIX ustar: blocks of 512 bytes) and returns its models by name. */
  static List<Path> unpack(Path archive, Path folder) throws IOException {
    List<Path> models = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16))) {
      byte[] header = new byte[BLOCK];
      while (read(in, header) && header[0] != 0) {
        String name = text(header, 0, NAME_BYTES);
        int size = Integer.parseInt(text(header, SIZE_AT, SIZE_BYTES).strip(), 8);
        byte[] content = in.readNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
        if (name.endsWith(".onnx")) {
          Path model = folder.resolve(Path.of(name).getFileName());
          Files.write(model, Arrays.copyOf(content, size));
          models.add(model);
        }
      }
    }
    models.sort(Comparator.naturalOrder());
    return models;
  }

  private static boolean read(DataInputStream in, byte[] block) throws IOException {
    try {
      in.readFully(block);
      return true;
    } catch (EOFException e) {
      return false;
    }
  }

  private static String text(byte[] block, int from, int most) {
    int length = 0;
    while (length < most && block[from + length] != 0) {
      length++;
    }
    return new String(block, from, length, StandardCharsets.US_ASCII);
  }
}
