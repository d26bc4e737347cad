package io.stagemark.compare;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import java.nio.file.Path;
import java.util.Map;

/** Reads the raw samples of a trial. */
@FunctionalInterface
public interface SampleSource {

  /**
   * Returns the times of every batch by stage, in nanoseconds, in the order of measurement.
   *
   * @throws BadInputException if the file is missing or cut off
   */
  Map<Stage, long[]> read(Path file) throws BadInputException;
}
