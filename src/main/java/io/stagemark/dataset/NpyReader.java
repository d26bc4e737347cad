package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads NumPy's {@code .npy} and {@code .npz} files (numpy.lib.format, versions 1 to 3): row-major,
 * little-endian, of a type that a {@link Tensor} can have. Nothing is converted in silence.
 */
public final class NpyReader {
  private static final String EXPECTED =
      "a .npy array in C order of type float32, float64, float16, int8, uint8, int16, uint16,"
          + " int32, int64 or bool, little-endian";

  private NpyReader() {}

  /**
   * Reads one array.
   *
   * @param file {@code .npy}
   * @param name that the tensor gets
   * @return the array in direct memory, native order
   * @throws BadInputException if the file is missing, cut off, longer than its shape says, or holds
   *     what a tensor cannot
   */
  public static Tensor read(Path file, String name) throws BadInputException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(in, name);
    } catch (NoSuchFileException e) {
      throw bad(file.toString(), "no such file");
    } catch (NpyFormatException e) {
      throw bad(file.toString(), e.found());
    } catch (IOException e) {
      throw bad(file.toString(), "unreadable: " + e.getMessage());
    }
  }

  /**
   * Reads every array of an archive.
   *
   * @param file {@code .npz}, as {@code numpy.savez} writes it
   * @return tensors by name, in alphabetical order
   * @throws BadInputException as {@link #read} does, naming the array
   */
  public static Map<String, Tensor> readAll(Path file) throws BadInputException {
    Map<String, Tensor> tensors = new TreeMap<>();
    String where = file.toString();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        where = file + ": " + entry.getName();
        String name = entry.getName().replaceFirst("\\.npy$", "");
        try (InputStream in = zip.getInputStream(entry)) {
          tensors.put(name, read(in, name));
        }
      }
    } catch (NoSuchFileException e) {
      throw bad(where, "no such file");
    } catch (NpyFormatException e) {
      throw bad(where, e.found());
    } catch (IOException e) {
      throw bad(where, "unreadable: " + e.getMessage());
    }
    return tensors;
  }

  private static Tensor read(InputStream in, String name) throws IOException, NpyFormatException {
    NpyHeader header = NpyHeader.read(in);
    TensorSpec spec = new TensorSpec(name, header.type(), header.shape());
    long size;
    try {
      size = spec.byteSize();
    } catch (ArithmeticException e) {
      throw new NpyFormatException("a shape of more than 2^63 elements: " + header.shape());
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw new NpyFormatException("%s bytes; a tensor holds at most 2 GiB".formatted(size));
    }
    // grows with what is really there: a short file that claims much costs nothing
    byte[] content = in.readNBytes((int) size);
    if (content.length < size) {
      throw new NpyFormatException(
          "cut off: %s bytes of elements, shape %s of %s needs %s"
              .formatted(content.length, header.shape(), header.type(), size));
    }
    if (in.read() >= 0) {
      throw new NpyFormatException("bytes after the last element");
    }
    return new Tensor(spec, inNativeOrder(content, header.type().bytes()));
  }

  private static ByteBuffer inNativeOrder(byte[] littleEndian, int elementBytes) {
    ByteBuffer direct =
        ByteBuffer.allocateDirect(littleEndian.length).order(ByteOrder.nativeOrder());
    if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
      return direct.put(littleEndian).flip();
    }
    for (int i = 0; i < littleEndian.length; i++) {
      int mirrored = i - i % elementBytes + elementBytes - 1 - i % elementBytes;
      direct.put(mirrored, littleEndian[i]);
    }
    return direct;
  }

  private static BadInputException bad(String where, String found) {
    return new BadInputException(
        new Problem(
            where,
            found,
            EXPECTED,
            "in Python: numpy.save(path, numpy.ascontiguousarray(array, dtype='<f4'))"));
  }
}
