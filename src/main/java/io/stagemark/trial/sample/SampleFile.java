package io.stagemark.trial.sample;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.Problem;
import io.stagemark.data.Stage;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.NpyReader;
import io.stagemark.dataset.NpyWriter;
import io.stagemark.trial.CauseJoin;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The raw samples of a trial as a NumPy array: int64, one row a batch, the columns decode,
 * preprocess, forward, postprocess, total in nanoseconds. Where causes were recorded, a sixth
 * column records what touched the batch: 1 a GC pause, 2 a safepoint, 4 a compilation, 8 CPU steal,
 * 16 a preemption, 32 a page fault, 64 a core that another shared, or their sum. {@code
 * numpy.load(file)} reads it.
 */
@SuppressWarnings("EnumOrdinal") // the columns are the stages in their order, as written above
public final class SampleFile {
  /** The samples, in the trial's folder. */
  public static final String NAME = "samples.npy";

  private static final Stage[] COLUMNS = Stage.values();

  private SampleFile() {}

  public static void write(Path file, Samples samples) throws IOException {
    List<long[]> columns = new ArrayList<>();
    for (Stage stage : COLUMNS) {
      columns.add(samples.of(stage));
    }
    samples.causeBits().ifPresent(columns::add);
    Tensor rows =
        Tensor.allocate(
            new TensorSpec(
                "samples",
                ElementType.INT64,
                List.of((long) samples.count(), (long) columns.size())));
    for (int column = 0; column < columns.size(); column++) {
      for (int row = 0; row < samples.count(); row++) {
        rows.longs().put(row * columns.size() + column, columns.get(column)[row]);
      }
    }
    NpyWriter.write(file, rows);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true); // before the outcome says that the trial is whole
    }
  }

  /**
   * Returns the times of every batch by stage, in nanoseconds.
   *
   * @throws BadInputException if the file is missing, cut off or no such array
   */
  public static Map<Stage, long[]> read(Path file) throws BadInputException {
    Tensor rows = rows(file);
    Map<Stage, long[]> byStage = new EnumMap<>(Stage.class);
    for (Stage stage : COLUMNS) {
      byStage.put(stage, column(rows, stage.ordinal()));
    }
    return byStage;
  }

  /**
   * Returns what touched each batch, as {@link CauseJoin#bits} returns it; empty if that was not
   * recorded, and in the files of older programs.
   *
   * @throws BadInputException as {@link #read}
   */
  public static Optional<long[]> causeBits(Path file) throws BadInputException {
    Tensor rows = rows(file);
    return columns(rows) > COLUMNS.length
        ? Optional.of(column(rows, COLUMNS.length))
        : Optional.empty();
  }

  private static Tensor rows(Path file) throws BadInputException {
    Tensor rows = NpyReader.read(file, "samples");
    List<Long> shape = rows.spec().shape();
    boolean fits =
        rows.spec().type() == ElementType.INT64
            && shape.size() == 2
            && shape.get(1) >= COLUMNS.length
            && shape.get(1) <= COLUMNS.length + 1;
    if (!fits) {
      throw bad(file, "an array of %s, shape %s".formatted(rows.spec().type(), shape));
    }
    for (int i = 0; i < rows.longs().capacity(); i++) {
      if (rows.longs().get(i) < 0) {
        throw bad(file, "%s, a time below 0".formatted(rows.longs().get(i)));
      }
    }
    return rows;
  }

  private static BadInputException bad(Path file, String found) {
    return new BadInputException(
        new Problem(
            file.toString(),
            found,
            "the samples of a trial: int64 nanoseconds from 0 up, a row a batch, 5 or 6 columns",
            "run the config again"));
  }

  private static int columns(Tensor rows) {
    List<Long> shape = rows.spec().shape();
    return Math.toIntExact(shape.get(shape.size() - 1));
  }

  private static long[] column(Tensor rows, int column) {
    LongBuffer values = rows.longs();
    int columns = columns(rows);
    return IntStream.range(0, values.capacity() / columns)
        .mapToLong(row -> values.get(row * columns + column))
        .toArray();
  }
}
