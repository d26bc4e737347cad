package io.stagemark.config;

import io.stagemark.data.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Ties a process to processors with {@code taskset} (util-linux). Linux only: elsewhere there is no
 * such command, and a setting that cannot be met is an error.
 */
public final class CpuAffinity {
  /** A list of processors, such as {@code 0-1} or {@code 0,2-3}. */
  static final Pattern FORM =
      Pattern.compile("\\d{1,4}(-\\d{1,4})?(,\\d{1,4}(-\\d{1,4})?){0,1023}");

  private static final Path STATUS = Path.of("/proc/self/status");

  private CpuAffinity() {}

  /** Returns what a command line must begin with for the processors of {@code cpus}. */
  public static List<String> prefix(String cpus) {
    return List.of(taskset().map(Path::toString).orElse("taskset"), "-c", cpus);
  }

  /** Returns why a process cannot be tied to these processors here; empty if it can. */
  static Optional<Problem> problem(String cpus) {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (!system.contains("linux")) {
      return Optional.of(
          new Problem(
              "cpuAffinity",
              cpus + " on " + System.getProperty("os.name"),
              "Linux: no other system lets a command tie a process to processors",
              "remove this line"));
    }
    if (taskset().isEmpty()) {
      return Optional.of(
          new Problem(
              "cpuAffinity",
              cpus + ", and no command taskset on the PATH",
              "taskset of util-linux",
              "install util-linux, or remove this line"));
    }
    return allowed().flatMap(allowed -> missing(cpus, allowed));
  }

  private static Optional<Problem> missing(String cpus, String allowed) {
    Set<Integer> there = parse(allowed);
    Set<Integer> wanted = parse(cpus);
    if (!wanted.isEmpty() && there.containsAll(wanted)) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            "cpuAffinity",
            wanted.isEmpty() ? cpus + ", a range that ends before it begins" : cpus,
            "processors that this process may use: " + allowed,
            "cpuAffinity: \"" + allowed + "\""));
  }

  /** Returns the processors of a list; none if a range runs backwards. */
  public static Set<Integer> parse(String cpus) {
    Set<Integer> all = new TreeSet<>();
    for (String part : cpus.split(",", -1)) {
      int dash = part.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
      if (last < first) {
        return new TreeSet<>();
      }
      for (int cpu = first; cpu <= last; cpu++) {
        all.add(cpu);
      }
    }
    return all;
  }

  /** Returns the path of the command; empty if it is not on the PATH. */
  public static Optional<Path> taskset() {
    List<Path> folders = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      folders.add(Path.of(folder.isEmpty() ? "." : folder));
    }
    return folders.stream()
        .map(folder -> folder.resolve("taskset"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Optional<String> allowed() {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("Cpus_allowed_list:"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .filter(list -> FORM.matcher(list).matches())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // taskset itself reports why, and its message reaches the report
    }
  }
}
