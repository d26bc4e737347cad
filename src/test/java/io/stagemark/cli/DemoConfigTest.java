package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Score;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.result.file.ResultFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration configs, through the whole program, each measured as briefly as it can be. */
final class DemoConfigTest {
  @TempDir Path folder;

  private CaseResult run(String name, String... more) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                "run",
                "configs/" + name + ".yaml",
                "--set",
                "measure={trials: 1, warmupSeconds: 0, warmupBatches: 1, minSeconds: 0, minBatches: 1, causes: false}",
                "--set",
                "output=" + folder));
    command.addAll(List.of(more));
    CommandRun run = CommandRun.of(command.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    RunResult result = ResultFiles.readRun(folder);
    return result.cases().get(0);
  }

  private static double value(CaseResult of, String name) {
    return of.score(name).map(Score::value).orElseThrow();
  }

  @Test
  void textOrientation_renderedLines_areToldApart() throws Exception {
    CaseResult result = run("text-orientation");

    assertThat(value(result, "top-1")).isGreaterThan(0.8);
    assertThat(value(result, "cross-entropy")).isBetween(0.0, 0.6);
    assertThat(result.scored().scores()).allMatch(score -> score.count() == 24);
    assertThat(result.scored().classes()).hasSize(2);
    assertThat(folder.resolve("report.md"))
        .content()
        .contains(" is ", "| cross-entropy | ", "paired difference");
    assertPictures(32); // sixteen for each of two cases
  }

  private void assertPictures(int count) throws Exception {
    try (var files = Files.list(folder.resolve("images"))) {
      assertThat(files).hasSize(count);
    }
  }

  @Test
  void textSegmentation_renderedPages_areFound() throws Exception {
    CaseResult result = run("text-segmentation");

    assertThat(value(result, "pixel-accuracy")).isGreaterThan(0.9);
    assertThat(value(result, "miou")).isGreaterThan(0.7);
    assertThat(value(result, "lovasz")).isBetween(0.0, 0.7);
    assertThat(result.scored().classes()).extracting("name").containsExactly("background", "text");
    assertThat(folder.resolve("report.md")).content().contains("| bce | ", "| miou | ");
    assertPictures(6);
  }

  @Test
  void voiceActivity_sequences_areHeardWithTheStateCarried() throws Exception {
    CaseResult result = run("voice-activity");

    assertThat(value(result, "accuracy")).isGreaterThan(0.8);
    assertThat(value(result, "bce")).isBetween(0.0, 0.6);
    assertThat(result.trials().get(0).measured().orElseThrow().outputs().changedOutputs()).isZero();
    assertThat(folder.resolve("report.md")).content().contains("| bce | ", "| 120 |");
    CaseExamples examples =
        ResultFiles.read(folder.resolve(CaseExamples.fileName(result.id())), CaseExamples.class);
    assertThat(examples.examples())
        .hasSize(120)
        .extracting("id")
        .contains("invoice#0000", "latency#0059");
  }
}
