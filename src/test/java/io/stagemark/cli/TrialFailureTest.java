package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.file.ResultFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a trial's JVM, what was measured before and after it is kept. */
final class TrialFailureTest {
  @TempDir Path folder;

  @Test
  void run_childKilledLikeANativeCrash_costsThatTrialAlone() throws Exception {
    RunBed bed = new RunBed(folder);
    String config = bed.harness(2, 0.5).toString();
    CompletableFuture<CommandRun> run =
        CompletableFuture.supplyAsync(() -> CommandRun.of("run", config));
    firstTrial().destroyForcibly();

    assertThat(run.get(120, TimeUnit.SECONDS).exitCode()).isEqualTo(3);
    RunResult result = ResultFiles.readRun(bed.output());
    CaseResult only = result.cases().get(0);
    assertThat(result.status()).isEqualTo(RunResult.Status.FAILED);
    assertThat(only.status()).isEqualTo(CaseResult.Status.PARTIAL);
    assertThat(only.trials().get(0).failure().orElseThrow())
        .startsWith("the trial's JVM was killed by signal 9 (SIGKILL");
    assertThat(only.trials().get(1).measured()).isPresent();
    assertThat(only.timed().framesPerSecond()).isPresent();
    assertThat(run.get().hasStackTrace()).isFalse();
  }

  @Test
  void run_trialOverItsTimeLimit_isEndedWithTheReason() throws Exception {
    RunBed bed = new RunBed(folder);
    String config = bed.harness(1, 0).toString();
    CommandRun run =
        CommandRun.of(
            "run",
            config,
            "--set",
            "measure.trialTimeoutSeconds=1",
            "--set",
            "measure.minBatches=10000000",
            "--set",
            "measure.maxBatches=10000000",
            "--set",
            "measure.heapMiB=1024");
    assertThat(run.err()).contains("measure.trialTimeoutSeconds (1 s)");
    assertThat(run.exitCode()).isEqualTo(3);
  }

  @Test
  void run_ctrlC_endsAtOnceAndKeepsTheFinishedTrials() throws Exception {
    Program.assumeCtrlCArrives();
    RunBed bed = new RunBed(folder);
    Program program = Program.start("run", bed.harness(50, 0).toString());
    assertThat(program.says("[1/50]")).isTrue();
    program.interrupt();

    assertThat(program.handle().isAlive()).isFalse();
    assertThat(program.exitCode()).isEqualTo(3);
    RunResult result = ResultFiles.readRun(bed.output());
    assertThat(result.status()).isEqualTo(RunResult.Status.INTERRUPTED);
    assertThat(result.cases().get(0).trials()).isNotEmpty().hasSizeLessThan(50);
    assertThat(result.cases().get(0).trials()).allMatch(t -> t.measured().isPresent());
    assertThat(bed.output().resolve("report.md")).exists();
  }

  @Test
  void run_parentKilled_childEndsToo() throws Exception {
    RunBed bed = new RunBed(folder);
    Program program = Program.start("run", bed.harness(1, 60).toString());
    ProcessHandle child = childOf(program.handle());
    program.killAfter(0);
    assertThat(child.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  @Test
  void run_afterAFormerRun_keepsItBesideIt() throws Exception {
    RunBed bed = new RunBed(folder);
    String config = bed.harness(1, 0).toString();
    RunResult first = bed.formerRun();
    assertThat(CommandRun.of("run", config).exitCode()).isZero();
    assertThat(ResultFiles.readRun(folder.resolve("out.previous"))).isEqualTo(first);
    TrialResult trial = ResultFiles.readRun(bed.output()).cases().get(0).trials().get(0);
    assertThat(bed.output().resolve(trial.measured().orElseThrow().samples())).exists();
    assertThat(bed.output().resolve("trials")).doesNotExist();
  }

  @Test
  void run_foreignFolderWhereTheFormerRunWouldGo_isLeftAlone() throws Exception {
    RunBed bed = new RunBed(folder);
    String config = bed.harness(1, 0).toString();
    bed.formerRun();
    Path foreign = Files.createDirectories(folder.resolve("out.previous"));
    Files.writeString(foreign.resolve("thesis.txt"), "years of work");
    CommandRun run = CommandRun.of("run", config);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("out.previous", "thesis.txt");
    assertThat(foreign.resolve("thesis.txt")).exists();
  }

  private static ProcessHandle firstTrial() {
    return childOf(ProcessHandle.current());
  }

  /** Waits for a JVM that runs a trial below {@code parent}. */
  private static ProcessHandle childOf(ProcessHandle parent) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      Optional<ProcessHandle> child =
          parent.descendants().filter(TrialFailureTest::isRunningJava).findFirst();
      if (child.isPresent()) {
        return child.get();
      }
      LockSupport.parkNanos(5_000_000);
    }
    throw new IllegalStateException("no trial was started");
  }

  /** A process that was only forked yet still has its parent's name, but has done no work. */
  private static boolean isRunningJava(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("java")
        && process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() > 50;
  }
}
