package io.stagemark.config.gate;

import io.stagemark.config.RealCatalog;
import io.stagemark.data.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gates of one run against itself. */
public final class GateConfigs {
  private GateConfigs() {}

  /**
   * Returns a gate with every key at its default.
   *
   * @param run a config of one case
   * @param folder for the gate's own file and report
   */
  public static GateConfig twice(Path run, Path folder) throws IOException, BadInputException {
    Path file =
        Files.writeString(
            folder.resolve("gate.yaml"), "name: gate\nrun: %s\n".formatted(run.toAbsolutePath()));
    return new GateReader(RealCatalog.of(folder)).read(file);
  }
}
