package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.trial.TrialOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was interrupted goes on, and repeats nothing that is whole. */
final class ResumeTest {
  @TempDir Path folder;

  @Test
  void run_ctrlCThenResume_isAWholeRun() throws Exception {
    Program.assumeCtrlCArrives();
    RunBed bed = new RunBed(folder);
    String config = bed.harness(3, 0).toString();
    Program program = Program.start("run", config);
    assertThat(program.says("[2/3]")).isTrue();
    program.interrupt();
    RunResult first = ResultFiles.readRun(bed.output());
    assertThat(first.status()).isEqualTo(RunResult.Status.INTERRUPTED);
    assertThat(outcome(bed, 1).hasScores()).isTrue();
    assertThat(outcome(bed, 2).hasScores()).isFalse(); // the case has those of the first

    CommandRun second = CommandRun.of("run", config, "--resume");
    assertThat(second.exitCode()).as(second.err()).isZero();
    RunResult whole = ResultFiles.readRun(bed.output());
    assertThat(whole.startedAt()).isEqualTo(first.startedAt());
    assertThat(whole.cases().get(0).trials())
        .hasSize(3)
        .startsWith(first.cases().get(0).trials().get(0), first.cases().get(0).trials().get(1));
    assertThat(folder.resolve("out.previous")).doesNotExist();
  }

  private static TrialOutcome outcome(RunBed bed, int trial) throws Exception {
    try (Stream<Path> trials = Files.list(bed.output().resolve("trials"))) {
      Path folder =
          trials.filter(each -> each.toString().endsWith("trial" + trial)).findAny().get();
      return ResultFiles.read(folder.resolve(TrialOutcome.FILE), TrialOutcome.class);
    }
  }

  @Test
  void run_resumeOfAnotherConfigOrOtherData_isRefusedAndChangesNothing() throws Exception {
    RunBed bed = new RunBed(folder);
    Path tensors = Files.createDirectories(folder.resolve("tensors"));
    Path source = RunBed.harnessModel().resolve("tensors");
    for (String name : List.of("0.npy", "1.npy")) {
      Files.copy(source.resolve(name), tensors.resolve(name));
    }
    String config = bed.harness(1, 0).toString();
    String data = "dataset.path=" + tensors;
    assertThat(CommandRun.of("run", config, "--set", data).exitCode()).isZero();
    List<String> before = Files.readAllLines(bed.output().resolve("result.json"));

    CommandRun other =
        CommandRun.of("run", config, "--resume", "--set", data, "--set", "measure.minBatches=101");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err())
        .contains("config.yaml: measure\n  found:    changed since the run began")
        .contains("run without --resume");

    CommandRun complete = CommandRun.of("run", config, "--resume", "--set", data);
    assertThat(complete.exitCode()).as(complete.err()).isZero();
    Files.copy(source.resolve("2.npy"), tensors.resolve("2.npy"));
    CommandRun changed = CommandRun.of("run", config, "--resume", "--set", data);
    assertThat(changed.exitCode()).isEqualTo(2);
    assertThat(changed.err()).contains("data of sha256").contains("1 problem");
    assertThat(Files.readAllLines(bed.output().resolve("result.json"))).isEqualTo(before);
  }
}
