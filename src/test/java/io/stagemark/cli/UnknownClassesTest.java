package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.ResultSchema;
import io.stagemark.result.file.ResultFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Truth of a class that the model does not have, refused or left out as the config says. */
final class UnknownClassesTest {
  @TempDir Path folder;

  @Test
  void run_truthThatIsLeftOut_isReportedWhereverFiguresAre() throws Exception {
    RunBed bed = new RunBed(folder);
    String config = bed.detector("constant").toString();
    bed.edit(bed.data().resolve("instances.json"), "\"name\": \"cup\"", "\"name\": \"goblet\"");
    assertThat(CommandRun.of("validate", config).err())
        .contains("the category 'goblet', which the model does not have");

    String leaveOut = "dataset.unknownClasses=leave-out";
    CommandRun validated = CommandRun.of("validate", config, "--set", leaveOut);
    assertThat(validated.exitCode()).as(validated.err()).isZero();
    assertThat(validated.out()).contains("  note: ").contains("goblet");

    CommandRun run =
        CommandRun.of(
            "run",
            config,
            "--no-calibration",
            "--set",
            leaveOut,
            "--set",
            "score=[coco-ap]",
            "--set",
            "reports=[console, json, markdown]");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("data set: ").contains("left out");
    assertThat(Files.readString(bed.output().resolve("report.md")))
        .contains("classes that the model does not have, and are left out");
    assertThat(ResultFiles.readRun(bed.output()).dataset().notes())
        .singleElement()
        .satisfies(note -> assertThat(note).contains("of 1 classes").contains("goblet"));
    assertThat(ResultSchema.problems(bed.output().resolve("result.json"))).isEmpty();
  }
}
