package io.stagemark.result.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The columns of a trial's samples, of which {@code trial.sample.SampleFile} says what they are:
 * NumPy's array of int64, a row a batch, in the form that the program writes.
 */
public final class StoredSamples {
  /** Column of the total, in nanoseconds, after four stages. */
  private static final int TOTAL = 4;

  private static final int CAUSES = 5;
  private static final int MAGIC_BYTES = 10;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '<i8', 'fortran_order': False, 'shape': \\((\\d{1,9}), (\\d{1,2})\\),? *\\}"
              + "\\s*");

  private final LongBuffer values;
  private final int rows;
  private final int columns;

  private StoredSamples(LongBuffer values, int rows, int columns) {
    this.values = values;
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Reads a trial's samples.
   *
   * @param folder the run's
   * @param samples relative path, as the result has it
   * @return empty if there is no such file in the folder, or it has no row
   * @throws BadInputException if it is damaged
   */
  public static Optional<StoredSamples> read(Path folder, String samples) throws BadInputException {
    Path root = folder.toAbsolutePath().normalize();
    Path file;
    try {
      file = root.resolve(samples).normalize();
    } catch (java.nio.file.InvalidPathException e) {
      return Optional.empty();
    }
    if (!file.startsWith(root) || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      byte[] magic = in.readNBytes(MAGIC_BYTES);
      if (magic.length < MAGIC_BYTES || magic[0] != (byte) 0x93 || magic[6] != 1) {
        throw bad(file, "no NumPy file of version 1");
      }
      int length = (magic[8] & 0xff) | (magic[9] & 0xff) << 8;
      Matcher header = HEADER.matcher(new String(in.readNBytes(length), ISO_8859_1));
      if (!header.matches()) {
        throw bad(file, "an array of another type or shape");
      }
      int rows = Integer.parseInt(header.group(1));
      int columns = Integer.parseInt(header.group(2));
      byte[] content = in.readAllBytes();
      if (columns <= TOTAL || content.length != (long) rows * columns * Long.BYTES) {
        throw bad(file, content.length + " bytes for " + rows + " rows of " + columns);
      }
      LongBuffer values = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
      return rows == 0 ? Optional.empty() : Optional.of(new StoredSamples(values, rows, columns));
    } catch (IOException e) {
      throw bad(file, "unreadable: " + e.getMessage());
    }
  }

  private static BadInputException bad(Path file, String found) {
    return new BadInputException(
        new Problem(
            file.toString(),
            found,
            "the samples of a trial: int64 nanoseconds, a row a batch, 5 or 6 columns",
            "run the config again"));
  }

  /** Returns how many batches there are, at least 1. */
  public int count() {
    return rows;
  }

  /** Returns the total times in the order of the batches, in nanoseconds. */
  public long[] totalNanos() {
    return column(TOTAL);
  }

  /** Returns what touched each batch, as bits; empty if that was not recorded. */
  public Optional<long[]> causeBits() {
    return columns > CAUSES ? Optional.of(column(CAUSES)) : Optional.empty();
  }

  private long[] column(int column) {
    long[] all = new long[rows];
    for (int row = 0; row < rows; row++) {
      all[row] = values.get(row * columns + column);
    }
    return all;
  }
}
