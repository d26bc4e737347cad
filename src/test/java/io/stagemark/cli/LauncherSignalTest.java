package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals to {@code ./stagemark run}: it ends with 3, and {@code --resume} goes on from there. */
final class LauncherSignalTest {
  private static final int TRIALS = 2;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"HUP, 1, 0, false", "INT, 2, 0, false", "TERM, 15, 1, true"})
  void run_signalWhileATrialRuns_endsWith3AndIsResumed(
      String name, int number, int whole, boolean resume) throws Exception {
    Program.assumeArrives(number);
    Launcher launcher = Launcher.brief(folder, "home");
    RunBed bed = new RunBed(folder);
    String config = bed.harness(TRIALS, 0).toString();
    Process process = launcher.start(Map.of(), "run", config, "--no-calibration");
    Launcher.awaitTrial(process, bed.output(), whole);
    send(name, process);
    Launcher.End end = launcher.end(process);
    assertThat(end.code()).as(end.err()).isEqualTo(ExitCode.FAILED_RUN);
    assertThat(launcher.left()).isEmpty();
    RunResult first = ResultFiles.readRun(bed.output());
    assertThat(first.status()).isEqualTo(RunResult.Status.INTERRUPTED);
    if (!resume) {
      return; // one is enough: what is resumed is the same
    }
    Launcher.End resumed = launcher.run(Map.of(), "run", config, "--resume");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    RunResult complete = ResultFiles.readRun(bed.output());
    assertThat(complete.startedAt()).isEqualTo(first.startedAt());
    assertThat(complete.cases().get(0).trials()).hasSize(TRIALS);
    assertThat(launcher.left()).isEmpty();
  }

  // In the script, while the JVM starts, or when the program has begun: the moment is the
  // machine's.
  @ParameterizedTest
  @ValueSource(ints = {1, 60, 150, 400})
  void run_signalAtItsBeginning_endsWith3OrAsTheSignal(int millis) throws Exception {
    Launcher launcher = Launcher.in(folder, "home");
    String config = new RunBed(folder).harness(TRIALS, 0).toString();
    Process process = launcher.start(Map.of(), "run", config, "--no-calibration");
    process.waitFor(millis, TimeUnit.MILLISECONDS);
    send("TERM", process);
    Launcher.End end = launcher.end(process);
    if (!isStartOfANewerJdk(end)) {
      assertThat(end.code()).as(end.err()).isIn(ExitCode.FAILED_RUN, 128 + 15);
    }
    List<Path> left = launcher.left();
    if (end.code() == ExitCode.FAILED_RUN) {
      assertThat(left).isEmpty();
    } else { // the JVM had not begun: the next one deletes it, when no JVM can be starting in it
      assertThat(left).hasSizeLessThanOrEqualTo(1).allMatch(LauncherSignalTest::namesItsProcess);
    }
  }

  /**
   * From JDK 21 on, a signal that meets the JVM in a certain tenth of a second of its start ends it
   * with 1 and without a word of the program: docs/decisions/004-exit-codes-and-signals.md.
   */
  private static boolean isStartOfANewerJdk(Launcher.End end) {
    return Runtime.version().feature() >= 21
        && end.code() == 1
        && end.out().isEmpty()
        && end.err().lines().allMatch(line -> line.startsWith("Runtime.exit"));
  }

  @Test
  void run_signalInTheScript_leavesNothing() throws Exception {
    Launcher launcher = Launcher.in(folder, "home");
    // a java that does not answer: the script waits for it
    Path slow = Files.createDirectories(folder.resolve("slow/bin")).resolve("java");
    Files.writeString(slow, "#!/bin/sh\nexec sleep 1\n");
    assertThat(slow.toFile().setExecutable(true)).isTrue();
    Map<String, String> home = Map.of("JAVA_HOME", folder.resolve("slow").toString());
    Process process = launcher.start(home, "list", "engines");
    process.waitFor(500, TimeUnit.MILLISECONDS);
    send("TERM", process);
    assertThat(launcher.end(process).code()).isEqualTo(ExitCode.FAILED_RUN);
    assertThat(launcher.left()).isEmpty();
  }

  private static boolean namesItsProcess(Path left) {
    return Files.isRegularFile(left.resolve("stagemark.launched"));
  }

  private static void send(String signal, Process process)
      throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, process.pid()))
        .start()
        .waitFor();
  }
}
