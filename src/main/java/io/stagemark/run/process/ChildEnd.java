package io.stagemark.run.process;

import static java.util.Locale.ROOT;

import io.stagemark.machine.OomKills;
import io.stagemark.machine.SystemFiles;
import io.stagemark.trial.ChildFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a child JVM ended without its result: the one place that words the end of a trial, a probe,
 * an operator pass or a side of a gate. Create it before the child starts: it reads the kernel's
 * count of killed processes then.
 */
public final class ChildEnd {
  /** What the child printed, in its folder. */
  public static final String STDOUT = "stdout.log";

  public static final String STDERR = "stderr.log";
  private static final String CRASH = "hs_err.log";
  private static final int TAIL_LINES = 12;
  private static final int KILL = 9;
  private static final int SIGNAL_BASE = 128;

  /** A log may be of any size: its end has the cause. */
  private static final int MAX_LOG_BYTES = 1 << 20;

  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(KILL, "SIGKILL"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"),
          Map.entry(31, "SIGSYS"));

  private final String who;
  private final Path folder;
  private final int heapMiB;
  private final SystemFiles machine;
  private final OomKills before;

  /**
   * @param who such as {@code the trial's JVM}
   * @param folder of the child, with its logs
   * @param heapMiB of the child
   */
  public ChildEnd(String who, Path folder, int heapMiB) {
    this(who, folder, heapMiB, SystemFiles.ofThisMachine());
  }

  /**
   * @param machine where the kernel's counts are read
   */
  public ChildEnd(String who, Path folder, int heapMiB, SystemFiles machine) {
    this.who = who;
    this.folder = folder;
    this.heapMiB = heapMiB;
    this.machine = machine;
    this.before = OomKills.read(machine);
  }

  /** Returns the JVM flag that sends a crash report to where this class reads it. */
  public static String crashFlag(Path folder) {
    return JvmFlags.errorFile(folder.resolve(CRASH));
  }

  /** Returns why it ended. */
  public String reason(int exitCode) {
    Optional<JvmExhaustion> exhausted = JvmExhaustion.printed(log(STDOUT), heapMiB);
    if (exhausted.isPresent()) {
      return who + " " + exhausted.get().text();
    }
    Optional<ChildFailure> failure = ChildFailure.read(folder);
    if (failure.isEmpty() && exitCode < SIGNAL_BASE) {
      failure = ChildFailure.parse(log(STDERR));
    }
    if (failure.isPresent()) {
      return who + " " + failed(failure.get());
    }
    Optional<String> crash = CrashReport.read(folder.resolve(CRASH));
    String how = exitCode > SIGNAL_BASE ? signal(exitCode - SIGNAL_BASE) : code(exitCode);
    return who + " " + how + crash.map(found -> "; " + found).orElse("") + tail();
  }

  /** Returns that it took too long. */
  String tooLong(int seconds, String phase) {
    return "took longer than measure.trialTimeoutSeconds (%s s) and was ended, in phase %s%s"
        .formatted(seconds, phase, tail());
  }

  private String failed(ChildFailure failure) {
    return JvmExhaustion.thrown(failure, heapMiB)
        .map(JvmExhaustion::text)
        .orElseGet(() -> "failed: " + failure.text());
  }

  private String signal(int signal) {
    String name =
        "signal %s (%s, exit code %s)"
            .formatted(signal, SIGNALS.getOrDefault(signal, "unnamed"), signal + SIGNAL_BASE);
    Optional<String> memory =
        signal == KILL ? OomKills.read(machine).since(before) : Optional.empty();
    return memory
        .map(
            why ->
                "was killed by the kernel: %s; %s\n  try: %s"
                    .formatted(
                        why,
                        name,
                        "more memory for this machine or container, a smaller batch, or a smaller"
                            + " measure.heapMiB (now "
                            + heapMiB
                            + ")"))
        .orElse("was killed by " + name);
  }

  private static String code(int exitCode) {
    return "ended with exit code " + exitCode;
  }

  /** The end of what it printed, where nothing says more. */
  private String tail() {
    List<String> lines =
        log(STDERR).stream()
            .filter(line -> !line.toLowerCase(ROOT).contains("incubator modules"))
            .filter(line -> !line.isBlank())
            .toList();
    String stream = "standard error";
    if (lines.isEmpty()) {
      lines = log(STDOUT);
      stream = "standard output";
    }
    List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    return tail.isEmpty() ? "" : "; " + stream + " ends:\n    " + String.join("\n    ", tail);
  }

  private List<String> log(String name) {
    return lastLines(folder.resolve(name));
  }

  /** Returns the lines of a log's last MiB; none where there is no such file. */
  static List<String> lastLines(Path log) {
    try (var channel = Files.newByteChannel(log)) {
      long size = channel.size();
      channel.position(Math.max(0, size - MAX_LOG_BYTES));
      byte[] bytes = java.nio.channels.Channels.newInputStream(channel).readNBytes(MAX_LOG_BYTES);
      return new ArrayList<>(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      return List.of();
    }
  }
}
