package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The lines of docs/ci.md for stored runs and the history, as they are written and one after the
 * other (without a calibration), in the folder of a launcher. Its quickstart.yaml is a run of an
 * engine that does nothing, in place of one of minutes.
 */
final class DocumentedCommandsTest {
  private static final List<String> SECTIONS = List.of("## Stored runs instead", "## The trend");

  @TempDir Path folder;
  private Launcher launcher;

  @BeforeEach
  void write() throws IOException {
    launcher = Launcher.brief(folder, "home");
    Path configs = Files.createDirectories(folder.resolve("home/configs"));
    Path harness = Path.of("configs", "data", "harness").toAbsolutePath();
    Files.writeString(
        configs.resolve("quickstart.yaml"),
        """
        name: quickstart
        dataset: {format: tensors, path: %s}
        cases: {model: [%s], engine: [constant]}
        measure: {trials: 3, warmupSeconds: 0, minSeconds: 0, minBatches: 100, heapMiB: 128, causes: false}
        """
            .formatted(harness.resolve("tensors"), harness));
  }

  private static List<String> lines() throws IOException {
    String page = Files.readString(Path.of("docs", "ci.md"));
    return SECTIONS.stream()
        .flatMap(section -> page.substring(page.indexOf(section)).split("\\n## ", 2)[0].lines())
        .filter(line -> line.startsWith("    ./stagemark "))
        .map(String::strip)
        .toList();
  }

  @Test
  void lines_asWritten_leadFromOneToTheNext() throws Exception {
    List<String> lines = lines();
    assertThat(lines).hasSize(6).filteredOn(line -> line.contains(" compare ")).hasSize(1);
    for (String line : lines) {
      // a certificate of this machine would take longer than everything else
      Launcher.End end = launcher.line(line.contains(" run ") ? line + " --no-calibration" : line);
      // times of an engine that does nothing may differ by more than five percent, or look worse
      assertThat(end.code())
          .as(line + "\n" + end.out() + end.err())
          .isIn(line.contains(" compare ") ? List.of(0, 1, 4) : List.of(0));
      if (line.contains(" compare ")) {
        assertThat(end.out()).contains("5 and 5 trials").doesNotContain("needs 5 trials");
      }
    }
    Path home = folder.resolve("home");
    assertThat(ResultFiles.readRun(home.resolve("reports/baselines/main")).name())
        .isEqualTo("quickstart");
    assertThat(home.resolve("reports/history.db")).isRegularFile();
  }
}
