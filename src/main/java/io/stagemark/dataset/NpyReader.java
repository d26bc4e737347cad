package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.InflationLimit;
import io.stagemark.data.Problem;
import io.stagemark.data.RegularFile;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads NumPy's {@code .npy} and {@code .npz} files (numpy.lib.format, versions 1 to 3) of a type
 * that a {@link Tensor} can have, in either byte order and either order of axes. Unsigned integers
 * of 32 and 64 bits become int64, which holds them exactly or not at all: nothing is rounded.
 */
public final class NpyReader {
  private static final String EXPECTED =
      "a NumPy array of type float32, float64, float16, bool, or an integer of 8 to 64 bits";

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
    requireRegular(file);
    try (InputStream in = new BufferedInputStream(RegularFile.open(file))) {
      NpyHeader header = NpyHeader.read(in);
      long available = Files.size(file) - header.layout().headerBytes();
      return NpyElements.read(in, name, header, available);
    } catch (NpyFormatException e) {
      throw bad(file.toString(), e.found());
    } catch (IOException e) {
      throw bad(file.toString(), "unreadable: " + e.getMessage());
    }
  }

  /**
   * Reads what one array is, and not its elements.
   *
   * @param file {@code .npy}
   * @param name that the tensor would get
   * @throws BadInputException if the file is missing, not as long as its shape says, or holds what
   *     a tensor cannot
   */
  public static TensorSpec spec(Path file, String name) throws BadInputException {
    requireRegular(file);
    try (InputStream in = new BufferedInputStream(RegularFile.open(file))) {
      NpyHeader header = NpyHeader.read(in);
      return NpyElements.spec(name, header, Files.size(file) - header.layout().headerBytes());
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
   * @throws BadInputException as {@link #read} does, naming the array; or if the archive inflates
   *     beyond {@link InflationLimit}
   */
  public static Map<String, Tensor> readAll(Path file) throws BadInputException {
    Map<String, Tensor> tensors = new TreeMap<>();
    requireRegular(file);
    String where = file.toString();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      InflationLimit limit = new InflationLimit(Files.size(file));
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        where = file + ": " + entry.getName();
        String name = entry.getName().replaceFirst("\\.npy$", "");
        if (tensors.put(name, read(zip, entry, name, limit)) != null) {
          throw bad(where, "a second array of this name");
        }
      }
    } catch (NpyFormatException e) {
      throw bad(where, e.found());
    } catch (IOException | IllegalArgumentException e) { // a name that is no text
      throw bad(where, "unreadable: " + e.getMessage());
    }
    return tensors;
  }

  private static Tensor read(ZipFile zip, ZipEntry entry, String name, InflationLimit limit)
      throws IOException, NpyFormatException {
    try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
      NpyHeader header = NpyHeader.read(in);
      long stored = header.storedBytes();
      if (!limit.take(stored)) {
        throw new NpyFormatException(limit.exceeded() + "; " + InflationLimit.text());
      }
      return NpyElements.read(in, name, header, stored);
    }
  }

  /** A pipe would be waited for, a device never ends. */
  private static void requireRegular(Path file) throws BadInputException {
    if (!Files.exists(file)) {
      throw bad(file.toString(), "no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw bad(file.toString(), Files.isDirectory(file) ? "a folder" : "a pipe or a device");
    }
  }

  private static BadInputException bad(String where, String found) {
    return new BadInputException(
        new Problem(
            where, found, EXPECTED, "in Python: numpy.save(path, array.astype('float32'))"));
  }
}
