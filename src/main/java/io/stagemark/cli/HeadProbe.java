package io.stagemark.cli;

import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.ScratchTree;
import io.stagemark.data.TemporaryFiles;
import io.stagemark.data.Tensor;
import io.stagemark.draft.ModelDraft;
import io.stagemark.inspect.Inspector;
import io.stagemark.inspect.ModelInspection;
import io.stagemark.inspect.head.ProbedOutput;
import io.stagemark.run.OutputProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tells heads apart whose outputs have one shape: runs the model once on a photograph. */
final class HeadProbe {
  private final ModelOptions options;
  private final Path file;

  HeadProbe(ModelOptions options, Path file) {
    this.options = options;
    this.file = file;
  }

  /**
   * Returns what is found of the file when its first output is known, too.
   *
   * @param found several heads fit
   * @return the same where the model takes no image or does not run, or several heads still fit
   */
  ModelInspection settle(ModelInspection found, List<String> shapes)
      throws BadInputException, IOException, InterruptedException {
    String first = found.recognition().candidates().get(0).family();
    ModelInspection one = Inspector.inspect(file, shapes, Optional.of(first)).undecoded();
    if (one.preparation().isEmpty()) {
      return found;
    }
    Path folder = TemporaryFiles.folder("stagemark-probe");
    try {
      String model = file.toAbsolutePath().toString();
      ModelDraft draft = options.draft(one, model, "./" + ModelDraft.CARD, folder, 1);
      RunConfig config = options.read(draft, folder, ConfigSource::read);
      Optional<Tensor> output =
          OutputProbe.firstOutput(config, Files.createDirectory(folder.resolve("probe")));
      Optional<ProbedOutput> probed = output.flatMap(ProbedOutput::of);
      return probed.isPresent() ? Inspector.probed(file, shapes, probed.get()) : found;
    } finally {
      ScratchTree.delete(folder);
    }
  }
}
