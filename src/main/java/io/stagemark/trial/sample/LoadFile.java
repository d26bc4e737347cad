package io.stagemark.trial.sample;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.NpyReader;
import io.stagemark.dataset.NpyWriter;
import io.stagemark.trial.load.LoadRows;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * When the batches of a trial were due, began and ended, as a NumPy array next to its samples:
 * int64, one row a batch in the order of the samples' rows, the columns stream, due, started,
 * ended; times in nanoseconds from the load's start.
 */
public final class LoadFile {
  /** The load, in the trial's folder. */
  public static final String NAME = "load.npy";

  private static final int COLUMNS = 4;

  private LoadFile() {}

  /** Returns the load's file next to a trial's samples. */
  public static String beside(String samples) {
    return samples.replaceFirst("\\.npy$", "-" + NAME);
  }

  public static void write(Path file, LoadRows load) throws IOException {
    Tensor rows =
        Tensor.allocate(
            new TensorSpec(
                "load", ElementType.INT64, List.of((long) load.rows().size(), (long) COLUMNS)));
    int at = 0;
    for (LoadRows.Row row : load.rows()) {
      rows.longs().put(at++, row.stream());
      rows.longs().put(at++, row.dueNanos());
      rows.longs().put(at++, row.startedNanos());
      rows.longs().put(at++, row.endedNanos());
    }
    NpyWriter.write(file, rows);
  }

  public static LoadRows read(Path file) throws BadInputException {
    LongBuffer values = NpyReader.read(file, "load").longs();
    List<LoadRows.Row> rows = new ArrayList<>();
    for (int at = 0; at < values.capacity(); at += COLUMNS) {
      rows.add(
          new LoadRows.Row(
              (int) values.get(at),
              at / COLUMNS,
              values.get(at + 1),
              values.get(at + 2),
              values.get(at + 3)));
    }
    return new LoadRows(rows);
  }
}
