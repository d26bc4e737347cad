package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.output.OutputTree;
import io.stagemark.report.SampleRun;
import io.stagemark.result.file.ResultFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report} with the formats of other programs. */
final class ExportCommandTest {
  @TempDir Path folder;

  /** A run whose second case is INVALID, and has no figures. */
  @BeforeEach
  void writeARun() throws Exception {
    ResultFiles.write(OutputTree.of(folder), ResultFiles.RESULT, SampleRun.withAFailedCase());
  }

  private CommandRun report(String... options) {
    String[] all = new String[options.length + 2];
    all[0] = "report";
    all[1] = folder.toString();
    System.arraycopy(options, 0, all, 2, options.length);
    return CommandRun.of(all);
  }

  @Test
  void report_severalFormats_writesTheirFilesAndNamesThem() {
    CommandRun run = report("--format", "csv,openmetrics,github-benchmark");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("csv: 1 of 2 cases; left out: net/pytorch/cpu/t2/b1 (INVALID, no figures)")
        .contains(
            "cases.csv · metrics.prom · github-smaller-is-better.json ·"
                + " github-bigger-is-better.json");
    assertThat(folder.resolve("cases.csv")).isRegularFile();
    assertThat(folder.resolve("metrics.prom")).isRegularFile();
  }

  @Test
  void report_twice_replacesItsOwnFileAndNothingElse() throws Exception {
    assertThat(report("--format", "csv").exitCode()).isZero();
    assertThat(report("--format", "csv", "--with-invalid").exitCode()).isZero();
    Files.writeString(folder.resolve("jmh.json"), "a user's");
    CommandRun refused = report("--format", "jmh-json");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("jmh.json", "not written by Stagemark");
    assertThat(folder.resolve("jmh.json")).hasContent("a user's");
  }

  @Test
  void report_withInvalidButNoFormatThatLeavesThemOut_isAMistake() {
    CommandRun run = report("--format", "markdown", "--with-invalid");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--with-invalid", "with --format markdown", "bencher, benchfmt");
    assertThat(folder.resolve("report.md")).doesNotExist();
  }

  @Test
  void report_unknownFormat_namesThoseThatThereAre() {
    CommandRun run = report("--format", "junit");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("jmh-json", "hyperfine-json", "model-index");
  }
}
