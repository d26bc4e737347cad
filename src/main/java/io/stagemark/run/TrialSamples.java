package io.stagemark.run;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.run.load.LoadRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The raw samples that a trial left behind.
 *
 * @param stages times by stage, in the order of the batches
 * @param load when they were due; empty in single-stream, where that is when they began
 */
record TrialSamples(Map<Stage, long[]> stages, Optional<LoadRows> load) {

  /** Reads them from a trial's folder. */
  static TrialSamples read(Path folder) throws BadInputException {
    Path load = folder.resolve(LoadFile.NAME);
    return new TrialSamples(
        SampleFile.read(folder.resolve(SampleFile.NAME)),
        Files.isRegularFile(load) ? Optional.of(LoadFile.read(load)) : Optional.empty());
  }
}
