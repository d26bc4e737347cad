package io.stagemark.cli;

import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A command that runs in this JVM while the test goes on. */
final class CommandBeside {
  private static final int MAX_SECONDS = 120;

  private final StringWriter err = new StringWriter();
  private final CompletableFuture<CommandRun> run;

  private CommandBeside(String... args) {
    run = CompletableFuture.supplyAsync(() -> CommandRun.of(err, args));
  }

  static CommandBeside start(String... args) {
    return new CommandBeside(args);
  }

  /** Waits for a line on standard error that begins so; false if the command ended without one. */
  boolean says(String beginning) {
    while (!hasSaid(beginning) && !run.isDone()) {
      LockSupport.parkNanos(1_000_000);
    }
    return hasSaid(beginning);
  }

  private boolean hasSaid(String beginning) {
    return err.toString().lines().anyMatch(line -> line.startsWith(beginning));
  }

  /** Waits for its end. */
  CommandRun end() throws ExecutionException, InterruptedException, TimeoutException {
    return run.get(MAX_SECONDS, TimeUnit.SECONDS);
  }
}
