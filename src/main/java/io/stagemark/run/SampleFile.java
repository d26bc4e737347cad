package io.stagemark.run;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.Stage;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.NpyReader;
import io.stagemark.dataset.NpyWriter;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The raw samples of a trial as a NumPy array: int64 nanoseconds, one row a batch, the columns
 * decode, preprocess, forward, postprocess, total. {@code numpy.load(file)} reads it.
 */
@SuppressWarnings("EnumOrdinal") // the columns are the stages in their order, as written above
public final class SampleFile {
  /** The samples, in the trial's folder. */
  static final String NAME = "samples.npy";

  private static final Stage[] COLUMNS = Stage.values();

  private SampleFile() {}

  static void write(Path file, Samples samples) throws IOException {
    Tensor rows =
        Tensor.allocate(
            new TensorSpec(
                "samples",
                ElementType.INT64,
                List.of((long) samples.count(), (long) COLUMNS.length)));
    for (Stage stage : COLUMNS) {
      long[] nanos = samples.of(stage);
      for (int row = 0; row < nanos.length; row++) {
        rows.longs().put(row * COLUMNS.length + stage.ordinal(), nanos[row]);
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
    LongBuffer rows = NpyReader.read(file, "samples").longs();
    int count = rows.capacity() / COLUMNS.length;
    Map<Stage, long[]> byStage = new EnumMap<>(Stage.class);
    for (Stage stage : COLUMNS) {
      long[] nanos = new long[count];
      for (int row = 0; row < count; row++) {
        nanos[row] = rows.get(row * COLUMNS.length + stage.ordinal());
      }
      byStage.put(stage, nanos);
    }
    return byStage;
  }
}
