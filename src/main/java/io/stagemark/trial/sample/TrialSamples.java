package io.stagemark.trial.sample;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.trial.CauseJoin;
import io.stagemark.trial.load.LoadRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The raw samples that a trial left behind.
 *
 * @param stages times by stage, in the order of the batches
 * @param load when they were due; empty in single-stream, where that is when they began
 * @param causeBits what touched each batch, as {@link CauseJoin#bits} returns it; empty where that
 *     was not recorded
 * @param sizes of the batches' image input; empty for a case of one size
 */
public record TrialSamples(
    Map<Stage, long[]> stages,
    Optional<LoadRows> load,
    Optional<long[]> causeBits,
    List<SizeFile.Row> sizes) {
  public TrialSamples {
    sizes = List.copyOf(sizes);
  }

  /** The samples of a case of one size. */
  public TrialSamples(
      Map<Stage, long[]> stages, Optional<LoadRows> load, Optional<long[]> causeBits) {
    this(stages, load, causeBits, List.of());
  }

  /**
   * Reads them from a run's folder.
   *
   * @param samples the file of the samples; the files of load and sizes are next to it
   */
  public static TrialSamples read(Path samples) throws BadInputException {
    String name = samples.getFileName().toString();
    Path load = samples.resolveSibling(LoadFile.beside(name));
    Path sizes = samples.resolveSibling(SizeFile.beside(name));
    return new TrialSamples(
        SampleFile.read(samples),
        Files.isRegularFile(load) ? Optional.of(LoadFile.read(load)) : Optional.empty(),
        SampleFile.causeBits(samples),
        Files.isRegularFile(sizes) ? SizeFile.read(sizes) : List.of());
  }
}
