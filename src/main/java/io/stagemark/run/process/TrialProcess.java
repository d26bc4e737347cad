package io.stagemark.run.process;

import io.stagemark.data.JavaCommand;
import io.stagemark.data.Jdk;
import io.stagemark.engine.programmable.SpunTimes;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.trial.ColdStartLedger;
import io.stagemark.trial.TrialMain;
import io.stagemark.trial.TrialOutcome;
import io.stagemark.trial.TrialPhase;
import io.stagemark.trial.TrialRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A trial as the parent sees it: a child JVM, its outcome file, or the reason why there is none.
 *
 * <p>The child's standard input is a pipe that the parent never writes to: it closes when the
 * parent dies, and the child then ends too. Its output goes to files in its folder, so that nothing
 * the parent does can hold it up.
 */
public final class TrialProcess {
  private static final long FIRST_PAUSE_SECONDS = 3;
  private static final long MAX_PAUSE_SECONDS = 60;

  private final TrialRequest request;
  private final Map<String, String> environment;
  private final Path folder;

  /**
   * @param environment variables that the engine wants set for its process
   * @param folder an empty or missing folder for the trial's files
   */
  public TrialProcess(TrialRequest request, Map<String, String> environment, Path folder) {
    this.request = request;
    this.environment = environment;
    this.folder = folder;
  }

  /** What can stop a trial from outside. */
  interface Stopper {
    /** Takes the running process, to end it when the user stops the run. */
    void running(Process process);

    /** Returns whether the user has stopped the run. */
    boolean stopped();
  }

  /** Receives the phase of a running trial. */
  public interface Watcher {
    /** The trial is in that phase, so many seconds after its beginning. */
    void waiting(String phase, long seconds);
  }

  /**
   * Runs the trial to its end.
   *
   * @return its outcome; a child that died or took too long is a failed one
   * @throws IOException if the folder cannot be written or no process can be started
   */
  public TrialOutcome run(Stopper stopper, Watcher watcher)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    ResultFiles.write(folder.resolve(TrialRequest.FILE), request);
    ChildEnd end = new ChildEnd(who(), folder, request.measure().limits().heapMiB());
    Process process = start();
    stopper.running(process);
    if (!ended(process, watcher)) {
      process.destroyForcibly().waitFor();
      int seconds = request.measure().limits().trialTimeoutSeconds();
      return TrialOutcome.failed(end.tooLong(seconds, phase()), false);
    }
    Path outcome = folder.resolve(TrialOutcome.FILE);
    if (process.exitValue() == 0 && Files.isRegularFile(outcome)) {
      return ResultFiles.read(outcome, TrialOutcome.class);
    }
    return TrialOutcome.failed(end.reason(process.exitValue()), false);
  }

  /** Waits for the end; calls the watcher after 3, 6, 12, 24, 48 s and then once a minute. */
  private boolean ended(Process process, Watcher watcher) throws InterruptedException {
    long limit = request.measure().limits().trialTimeoutSeconds();
    long waited = 0;
    long step = FIRST_PAUSE_SECONDS;
    while (waited < limit) {
      long wait = Math.min(step, limit - waited);
      if (process.waitFor(wait, TimeUnit.SECONDS)) {
        return true;
      }
      waited += wait;
      step = Math.min(MAX_PAUSE_SECONDS, waited);
      watcher.waiting(phase(), waited);
    }
    return false;
  }

  private String phase() {
    try {
      return Files.readString(folder.resolve(TrialPhase.FILE));
    } catch (IOException e) {
      return TrialPhase.START; // the child has not come to its first line yet
    }
  }

  private Process start() throws IOException {
    return new MeasuringJvm(Jdk.running(), request.measure(), environment, folder)
        .of(
            TrialMain.class,
            JavaCommand.ownClassPath(),
            List.of(
                "-D" + SpunTimes.FOLDER + "=" + folder,
                "-D" + ColdStartLedger.SPAWNED + "=" + Instant.now()))
        .redirectOutput(folder.resolve(ChildEnd.STDOUT).toFile())
        .start();
  }

  /** The child's name in the message of why it ended. */
  private String who() {
    if (request.probe()) {
      return "the device probe's JVM";
    }
    return request.operators() ? "the operator pass's JVM" : "the trial's JVM";
  }
}
