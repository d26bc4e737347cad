package io.stagemark.trial.proof;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Tensor;
import io.stagemark.dataset.NpyReader;
import io.stagemark.dataset.NpyWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Raw outputs of a few examples, in a trial's folder, for the comparison of engines. */
public final class OutputFiles {
  private OutputFiles() {}

  /**
   * Writes outputs.
   *
   * @param byExample the outputs of each kept example, in the model's order
   */
  public static void write(Path trialFolder, List<List<Tensor>> byExample) throws IOException {
    for (int example = 0; example < byExample.size(); example++) {
      List<Tensor> outputs = byExample.get(example);
      for (int output = 0; output < outputs.size(); output++) {
        NpyWriter.write(file(trialFolder, example, output), outputs.get(output));
      }
    }
  }

  public static Tensor read(Path trialFolder, int example, int output) throws BadInputException {
    return NpyReader.read(file(trialFolder, example, output), "output" + output);
  }

  private static Path file(Path trialFolder, int example, int output) {
    return trialFolder.resolve("example%d-output%d.npy".formatted(example, output));
  }
}
