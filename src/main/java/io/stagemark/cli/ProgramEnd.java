package io.stagemark.cli;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How the program ends, by itself or by a signal. At SIGINT, SIGTERM or SIGHUP the work under way
 * is stopped and written down, children are ended, and the exit code is that of a failed run; a
 * second signal meanwhile changes nothing. Either way the temporary folder goes last.
 */
final class ProgramEnd {
  private static final int SECONDS_FOR_CHILDREN = 5;

  private static final AtomicReference<@Nullable Work> WORK = new AtomicReference<>();
  private static final AtomicReference<@Nullable OwnTemporaryFolder> TEMPORARY =
      new AtomicReference<>();
  private static volatile boolean byItself;
  private static volatile boolean ending;
  private static volatile boolean measured;

  private ProgramEnd() {}

  /** Work that is written down when it is stopped. */
  static final class Work implements AutoCloseable {
    private final Runnable stop;
    private final BooleanSupplier begun;
    private final int secondsToWriteDown;
    private final CountDownLatch written = new CountDownLatch(1);

    private Work(Runnable stop, BooleanSupplier begun, int secondsToWriteDown) {
      this.stop = stop;
      this.begun = begun;
      this.secondsToWriteDown = secondsToWriteDown;
    }

    /** Ends at a signal: waits until what was measured is written, if there is any. */
    private void end() throws InterruptedException {
      stop.run();
      if (begun.getAsBoolean()) {
        written.await(secondsToWriteDown, TimeUnit.SECONDS);
      }
    }

    @Override
    public void close() {
      measured |= begun.getAsBoolean();
      WORK.set(null);
      written.countDown();
    }
  }

  /** Makes the temporary folder, and has the program end in order whatever ends it. */
  static void begin() {
    Runtime.getRuntime().addShutdownHook(new Thread(ProgramEnd::atShutdown, "stagemark-end"));
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> failed(thrown));
    OwnTemporaryFolder.open().ifPresent(TEMPORARY::set);
  }

  /**
   * Begins work that a signal is to stop in order.
   *
   * @param stop has it end soon; called from another thread
   * @param begun whether there is something to write down
   * @param secondsToWriteDown how long that may take
   */
  static Work work(Runnable stop, BooleanSupplier begun, int secondsToWriteDown) {
    Work work = new Work(stop, begun, secondsToWriteDown);
    WORK.set(work);
    return work;
  }

  /** Returns whether this command has measured something; what went wrong before is bad input. */
  static boolean hasMeasured() {
    return measured;
  }

  /** Forgets what another command in this JVM did. */
  static void reset() {
    measured = false;
  }

  /** Ends the program with a code of its own choice. */
  static void exit(int code) {
    byItself = true;
    try {
      System.exit(code);
    } catch (VirtualMachineError e) {
      Runtime.getRuntime().halt(code); // no heap is left to run what is to be run at the end
    }
  }

  /**
   * A thread that nobody waits for has failed. Not while the program ends: libraries delete their
   * own temporary files then, which are gone with ours, and System.exit would wait for itself.
   */
  private static void failed(Throwable thrown) {
    if (byItself || ending) {
      return;
    }
    ending = true;
    JvmLimit.printIfPossible(System.err, thrown);
    deleteTemporary();
    Runtime.getRuntime().halt(ExitCode.FAILED_RUN);
  }

  private static void deleteTemporary() {
    Optional.ofNullable(TEMPORARY.get()).ifPresent(OwnTemporaryFolder::delete);
  }

  private static void atShutdown() {
    boolean signal = !byItself;
    ending = true;
    if (signal) {
      stopWork();
    }
    deleteTemporary();
    if (signal) {
      // the JVM's own code would be 128 and the signal's number
      Runtime.getRuntime().halt(ExitCode.FAILED_RUN);
    }
  }

  private static void stopWork() {
    Work work = WORK.get();
    try {
      if (work != null) {
        work.end();
      }
      ProcessHandle.current()
          .descendants()
          .forEach(
              child -> {
                child.destroyForcibly();
                child
                    .onExit()
                    .completeOnTimeout(child, SECONDS_FOR_CHILDREN, TimeUnit.SECONDS)
                    .join();
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
