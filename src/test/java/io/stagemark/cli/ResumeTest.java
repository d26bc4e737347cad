package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.ResultSchema;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was interrupted goes on, and repeats nothing that is whole. */
final class ResumeTest {
  private static final int TRIALS = 3;

  @TempDir Path folder;

  // Random moments from a seed: while the program starts, between trials, in a trial, at its end.
  @Test
  void run_killedAtRandomMoments_losesAtMostTheRunningTrial() throws Exception {
    RunBed bed = new RunBed(folder);
    String config = bed.harness(TRIALS, 0).toString();
    Random random = new Random(6);
    Map<String, FileTime> whole = Map.of();
    for (int kill = 0; kill < 3; kill++) {
      Program program = Program.start("run", config, "--resume");
      program.says("[");
      program.killAfter(random.nextInt(900));
      Map<String, FileTime> now = samples(bed);
      assertThat(now).containsAllEntriesOf(whole);
      whole = now;
    }

    CommandRun last = CommandRun.of("run", config, "--resume");
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(samples(bed)).containsAllEntriesOf(whole).hasSize(TRIALS);
    RunResult result = ResultFiles.readRun(bed.output());
    assertThat(result.status()).isEqualTo(RunResult.Status.COMPLETE);
    CaseResult only = result.cases().get(0);
    assertThat(only.trials()).extracting(TrialResult::index).containsExactly(1, 2, 3);
    assertThat(only.trials()).allMatch(trial -> trial.measured().isPresent());
    assertThat(result.proof().orElseThrow().resumedAt()).isNotEmpty();
    assertThat(bed.output().resolve("trials")).doesNotExist();
    assertThat(ResultSchema.problems(bed.output().resolve("result.json"))).isEmpty();
  }

  /**
   * Files of samples with the moment they were written at: a trial that is repeated writes anew.
   */
  private static Map<String, FileTime> samples(RunBed bed) throws IOException {
    Map<String, FileTime> found = new TreeMap<>();
    Path samples = bed.output().resolve("samples");
    if (Files.isDirectory(samples)) {
      try (Stream<Path> files = Files.list(samples)) {
        for (Path file : files.toList()) {
          found.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
        }
      }
    }
    return found;
  }

  @Test
  void run_ctrlCThenResume_isAWholeRun() throws Exception {
    Program.assumeCtrlCArrives();
    RunBed bed = new RunBed(folder);
    String config = bed.harness(2, 0).toString();
    Program program = Program.start("run", config);
    assertThat(program.says("[1/2]")).isTrue();
    program.interrupt();
    RunResult first = ResultFiles.readRun(bed.output());
    assertThat(first.status()).isEqualTo(RunResult.Status.INTERRUPTED);

    CommandRun second = CommandRun.of("run", config, "--resume");
    assertThat(second.exitCode()).as(second.err()).isZero();
    RunResult whole = ResultFiles.readRun(bed.output());
    assertThat(whole.startedAt()).isEqualTo(first.startedAt());
    assertThat(whole.cases().get(0).trials().get(0))
        .isEqualTo(first.cases().get(0).trials().get(0));
    assertThat(whole.cases().get(0).trials()).hasSize(2);
    assertThat(folder.resolve("out.previous")).doesNotExist();
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
