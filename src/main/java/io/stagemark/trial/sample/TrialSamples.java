package io.stagemark.trial.sample;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.trial.CauseJoin;
import io.stagemark.trial.load.LoadRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The raw samples that a trial left behind.
 *
 * @param stages times by stage, in the order of the batches
 * @param load when they were due; empty in single-stream, where that is when they began
 * @param causeBits what touched each batch, as {@link CauseJoin#bits} returns it; empty where that
 *     was not recorded
 */
public record TrialSamples(
    Map<Stage, long[]> stages, Optional<LoadRows> load, Optional<long[]> causeBits) {

  /**
   * Reads them from a run's folder.
   *
   * @param samples the file of the samples; the load's file is next to it
   */
  public static TrialSamples read(Path samples) throws BadInputException {
    Path load = samples.resolveSibling(LoadFile.beside(samples.getFileName().toString()));
    return new TrialSamples(
        SampleFile.read(samples),
        Files.isRegularFile(load) ? Optional.of(LoadFile.read(load)) : Optional.empty(),
        SampleFile.causeBits(samples));
  }
}
