package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.result.Environment;
import io.stagemark.result.Figures;
import io.stagemark.result.MachineRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The finer part of the environment, in Markdown. */
final class EnvironmentText {
  private static final double GIB = 1 << 30;
  private static final int SHORT = 16;

  private EnvironmentText() {}

  /** Returns list items; empty for a run that recorded none. */
  static String of(Environment environment) {
    return environment.machine().map(EnvironmentText::text).orElse("");
  }

  private static String text(MachineRecord m) {
    List<String> items = new ArrayList<>();
    MachineRecord.Processors processors = m.processors();
    List<String> caches = processors.caches();
    items.add(
        String.format(
            ROOT,
            "machine `%s`: sockets %s, cores %s, threads %s, caches %s",
            m.fingerprint(),
            orDash(processors.sockets()),
            orDash(processors.physicalCores()),
            orDash(processors.threads()),
            caches.isEmpty() ? Figures.ABSENT : String.join(", ", caches)));
    items.add(
        String.format(
            ROOT,
            "%s, container %s, CPU limit %s, memory limit %s",
            m.host().distribution().orElse("unknown distribution"),
            m.host().container().orElse("none seen"),
            m.host().cpuLimitCores().isPresent()
                ? String.format(ROOT, "%.2f cores", m.host().cpuLimitCores().getAsDouble())
                : "none",
            m.host().memoryLimitBytes().isPresent()
                ? String.format(ROOT, "%.1f GiB", m.host().memoryLimitBytes().getAsLong() / GIB)
                : "none"));
    MachineRecord.Software software = m.software();
    items.add(software.jvm());
    MachineRecord.Checkout git = m.checkout();
    items.add(
        git.commit()
            .map(c -> "Git commit `" + c + "`" + (git.dirty().orElse(false) ? ", changed" : ""))
            .orElse("no Git commit"));
    new TreeMap<>(software.models())
        .forEach((file, digest) -> items.add(digest("model", file, digest)));
    new TreeMap<>(software.natives())
        .forEach((file, digest) -> items.add(digest("native", file, digest)));
    items.add("jars: " + String.join(", ", software.jars()));
    StringBuilder text = new StringBuilder();
    items.forEach(item -> text.append("- ").append(item).append('\n'));
    return text.toString();
  }

  private static String digest(String kind, String file, String digest) {
    return String.format(
        ROOT,
        "%s `%s` sha256 `%s…`",
        kind,
        file,
        digest.substring(0, Math.min(SHORT, digest.length())));
  }

  private static String orDash(OptionalInt count) {
    return count.isPresent() ? Integer.toString(count.getAsInt()) : Figures.ABSENT;
  }
}
