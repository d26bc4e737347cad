package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves says nothing of this machine's folders, and works all the same. */
final class PortableResultTest {
  @TempDir Path folder;

  @Test
  void run_absolutePathsInConfigAndArguments_areNotInWhatItLeavesAndIsResumed() throws Exception {
    RunBed bed = new RunBed(folder);
    String config = bed.harness(2, 0.05).toString();
    CommandRun run = CommandRun.of("run", config, "--no-calibration");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertPortable(bed.output());
    Map<String, Object> stored = ResultFiles.readRun(bed.output()).config();
    // the config names all three by absolute paths; the data set is the program's
    assertThat(stored)
        .containsEntry("file", "config.yaml")
        .containsEntry("output", "out")
        .extractingByKey("dataset")
        .hasFieldOrPropertyWithValue("path", "configs/data/harness/tensors");

    CommandRun report = CommandRun.of("report", bed.output().toString(), "--format", "markdown");
    assertThat(report.exitCode()).as(report.err()).isZero();
    assertPortable(bed.output());

    Path comparison = folder.resolve("compared");
    CommandRun compare =
        CommandRun.of(
            "compare",
            bed.output().toString(),
            bed.output().toString(),
            "--output",
            comparison.toString());
    assertThat(compare.exitCode()).as(compare.err()).isNotEqualTo(ExitCode.BAD_INPUT);
    assertPortable(comparison);

    CommandRun again = CommandRun.of("run", config, "--resume");
    assertThat(again.exitCode()).as(again.err()).isZero();
  }

  private void assertPortable(Path output) throws IOException {
    Map<String, String> folders = new LinkedHashMap<>();
    folders.put("the test's folder", folder.toString());
    folders.put("its real folder", folder.toRealPath().toString());
    folders.put("the current folder", Path.of("").toAbsolutePath().toString());
    folders.put("the JDK", System.getProperty("java.home"));
    folders.put("an address", "file:/");
    for (Path file : files(output)) {
      String text = Files.readString(file);
      folders.forEach(
          (what, path) -> assertThat(text).as(what + " in " + file).doesNotContain(path));
    }
  }

  private static List<Path> files(Path output) throws IOException {
    List<Path> texts = new ArrayList<>();
    try (Stream<Path> all = Files.walk(output)) {
      all.filter(file -> file.toString().matches(".*\\.(json|md|xml|html)")).forEach(texts::add);
    }
    assertThat(texts).hasSizeGreaterThanOrEqualTo(2);
    return texts;
  }
}
