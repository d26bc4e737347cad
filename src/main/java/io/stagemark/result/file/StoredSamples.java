package io.stagemark.result.file;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every batch of a trial in memory, as {@link SampleTimes} reads them. */
public final class StoredSamples {
  private static final int CAUSES = Stage.values().length;

  private final List<long[]> rows;

  private StoredSamples(List<long[]> rows) {
    this.rows = rows;
  }

  /**
   * Reads a trial's samples.
   *
   * @param folder the run's
   * @param samples relative path, as the result has it
   * @return empty if there is no such file in the folder, or it has no row
   * @throws BadInputException if it is damaged
   * @throws IOException if it cannot be read
   */
  public static Optional<StoredSamples> read(Path folder, String samples)
      throws IOException, BadInputException {
    Optional<SampleTimes> times = SampleTimes.in(folder, samples);
    List<long[]> rows = new ArrayList<>();
    if (times.isPresent()) {
      times.get().forEach(row -> rows.add(row.clone()));
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(new StoredSamples(rows));
  }

  /** Returns how many batches there are, at least 1. */
  public int count() {
    return rows.size();
  }

  /** Returns the times of a stage in the order of the batches, in nanoseconds. */
  public long[] nanos(Stage stage) {
    return column(List.of(Stage.values()).indexOf(stage));
  }

  /** Returns what touched each batch, as bits; empty if that was not recorded. */
  public Optional<long[]> causeBits() {
    return rows.get(0).length > CAUSES ? Optional.of(column(CAUSES)) : Optional.empty();
  }

  private long[] column(int column) {
    return rows.stream().mapToLong(row -> row[column]).toArray();
  }
}
