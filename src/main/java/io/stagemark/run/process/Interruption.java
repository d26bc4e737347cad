package io.stagemark.run.process;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The user's wish to stop, from another thread: ends the trial under way. Thread-safe. */
public final class Interruption implements TrialProcess.Stopper {
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicReference<@Nullable Process> running = new AtomicReference<>();

  @Override
  public void running(Process process) {
    running.set(process);
    // The wish may have come between the loop's question and the process's start.
    if (stopped.get()) {
      process.destroyForcibly();
    }
  }

  @Override
  public boolean stopped() {
    return stopped.get();
  }

  public void stop() {
    stopped.set(true);
    Process process = running.get();
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
