package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The finished report that the README links is one that this program reads, and is small. */
final class ExampleReportTest {
  private static final Path EXAMPLE = Path.of("reports", "example");

  private static long bytes(Stream<Path> files) {
    return files.mapToLong(file -> file.toFile().length()).sum();
  }

  @Test
  void example_result_isACompleteRunThatCanBeRead() throws Exception {
    RunResult run = ResultFiles.readRun(EXAMPLE);
    assertThat(run.status()).isEqualTo(RunResult.Status.COMPLETE);
    assertThat(Files.readString(EXAMPLE.resolve("index.html")))
        .contains("<h1", run.name(), "id=\"answer\"", "id=\"trust\"");
  }

  @Test
  void example_files_areSmallAndNameNoFolderOfAMachine() throws Exception {
    try (Stream<Path> files = Files.list(EXAMPLE)) {
      List<Path> all = files.toList();
      assertThat(bytes(all.stream().filter(file -> !file.toString().endsWith(".png"))))
          .isLessThan(1_000_000);
      assertThat(bytes(all.stream().filter(file -> file.toString().endsWith(".png"))))
          .isLessThan(300_000);
    }
    assertThat(Files.readAllLines(EXAMPLE.resolve("report.md"))).hasSizeLessThanOrEqualTo(80);
    for (String name : List.of("result.json", "report.md", "index.html")) {
      assertThat(Files.readString(EXAMPLE.resolve(name)))
          .as(name)
          .doesNotContainPattern("(/home|/root|/work|/tmp|C:\\\\)[/\\\\]");
    }
  }
}
