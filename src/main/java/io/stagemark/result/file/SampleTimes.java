package io.stagemark.result.file;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.ShownPath;
import io.stagemark.data.Stage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The raw times of a trial, read from its file in a run's folder one batch after another, so that
 * memory does not grow with their number. The file is a NumPy array of int64, one row a batch, the
 * columns decode, preprocess, forward, postprocess, total in nanoseconds, and where they were
 * recorded the causes that touched the batch, as bits.
 */
public final class SampleTimes {
  private static final int STAGES = Stage.values().length;
  private static final int MAX_COLUMNS = STAGES + 1;
  private static final int START_BYTES = 10;
  private static final String MAGIC = "\u0093NUMPY\u0001\u0000";
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '<i8', 'fortran_order': False, 'shape': \\((\\d{1,9}), (\\d)\\), \\}\\s*");

  private final Path file;

  private SampleTimes(Path file) {
    this.file = file;
  }

  /** Receives the batches of a trial. */
  @FunctionalInterface
  public interface BatchVisitor {
    /**
     * Takes one batch.
     *
     * @param row its times, in nanoseconds, in the order of {@link Stage}, and the bits of its
     *     causes where they were recorded; the same array in every call
     */
    void batch(long[] row);
  }

  /**
   * Returns the times in a file that a result names; empty if there is no such file in the run's
   * folder, as where {@code result.json} was copied alone.
   *
   * @param folder of the run
   * @param name relative to it
   */
  public static Optional<SampleTimes> in(Path folder, String name) {
    try {
      Path root = folder.toAbsolutePath().normalize();
      Path file = root.resolve(name).normalize();
      return file.startsWith(root) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(new SampleTimes(file))
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty(); // no run writes such a name
    }
  }

  /**
   * Passes on every batch in the order of measurement.
   *
   * @return how many there were
   * @throws BadInputException if the file is cut off or no such array
   * @throws IOException if it cannot be read
   */
  public long forEach(BatchVisitor visitor) throws IOException, BadInputException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      int[] shape = shape(in);
      long[] values = new long[shape[1]];
      for (int row = 0; row < shape[0]; row++) {
        for (int column = 0; column < shape[1]; column++) {
          long value = Long.reverseBytes(in.readLong());
          if (value < 0) {
            throw bad(value + ", a time below 0");
          }
          values[column] = value;
        }
        visitor.batch(values);
      }
      return shape[0];
    } catch (EOFException e) {
      throw bad("cut off");
    }
  }

  /** Reads the header; returns rows and columns. */
  private int[] shape(DataInputStream in) throws IOException, BadInputException {
    byte[] start = in.readNBytes(START_BYTES);
    if (start.length < START_BYTES
        || !new String(start, 0, MAGIC.length(), StandardCharsets.ISO_8859_1).equals(MAGIC)) {
      throw bad("no such array");
    }
    int length = (start[START_BYTES - 2] & 0xFF) | (start[START_BYTES - 1] & 0xFF) << 8;
    String header = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      throw bad("another header: " + header.substring(0, Math.min(header.length(), 100)));
    }
    int columns = Integer.parseInt(matcher.group(2));
    if (columns < STAGES || columns > MAX_COLUMNS) {
      throw bad(columns + " columns");
    }
    return new int[] {Integer.parseInt(matcher.group(1)), columns};
  }

  private BadInputException bad(String found) {
    return new BadInputException(
        new Problem(
            ShownPath.of(file),
            found,
            "the samples of a trial: int64 nanoseconds from 0 up, a row a batch, 5 or 6 columns",
            "run the config again"));
  }
}
