package io.stagemark.trial;

import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Tensor;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.NpyReader;
import io.stagemark.dataset.NpyWriter;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import io.stagemark.trial.loop.MeasuredLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The first output of a probe that runs a model once, in the probe's folder. */
public final class FirstOutputs {
  private static final String FILE = "output.npy";

  private FirstOutputs() {}

  /** Runs the first batch of a data set and writes what came out. */
  static void write(
      Dataset dataset, EngineSession session, TaskSession stages, int batch, Path folder)
      throws EngineException, TaskException, IOException {
    new MeasuredLoop(
            session,
            stages,
            dataset.examples().stream().limit(batch).map(Trial::source).toList(),
            batch,
            TotalFrom.IMAGE)
        .discarded();
    NpyWriter.write(folder.resolve(FILE), session.output(0));
  }

  /** Returns what a probe wrote; empty if it wrote nothing. */
  public static Optional<Tensor> read(Path folder) throws BadInputException {
    Path file = folder.resolve(FILE);
    return Files.isRegularFile(file)
        ? Optional.of(NpyReader.read(file, "output"))
        : Optional.empty();
  }
}
