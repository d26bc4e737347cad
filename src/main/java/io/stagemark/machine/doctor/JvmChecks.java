package io.stagemark.machine.doctor;

import io.stagemark.machine.doctor.Check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The JVM that trials are started with. */
final class JvmChecks {
  /** The JVM reads them by itself: they would be in every trial, and in no report. */
  private static final List<String> VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final List<String> SLOW =
      List.of("-Xint", "-Xcomp", "-XX:TieredStopAtLevel", "-agentlib", "-javaagent", "-ea");

  private JvmChecks() {}

  static Check flags(List<String> arguments, Map<String, String> environment) {
    List<String> found = new ArrayList<>();
    for (String variable : VARIABLES) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isBlank()) {
        found.add(variable + "=" + value);
      }
    }
    boolean slow =
        found.stream().anyMatch(flag -> SLOW.stream().anyMatch(flag::contains))
            || arguments.stream().anyMatch(flag -> SLOW.stream().anyMatch(flag::startsWith));
    arguments.stream().filter(flag -> SLOW.stream().anyMatch(flag::startsWith)).forEach(found::add);
    return Check.of(
        "jvm flags",
        found.isEmpty() ? Verdict.OK : slow ? Verdict.BAD : Verdict.WARN,
        found.isEmpty() ? "none but the program's own" : String.join(" ", found),
        "flags from the environment reach every trial behind the config's back",
        "unset " + String.join(" ", VARIABLES));
  }

  static Check version(int feature, String full) {
    return Check.of(
        "jvm",
        feature >= 17 ? Verdict.OK : Verdict.BAD,
        full,
        "trials run on the JVM that the program runs on",
        "a JDK of 17 or newer");
  }

  static Check recorder(boolean available) {
    return Check.of(
        "flight recorder",
        available ? Verdict.OK : Verdict.WARN,
        available ? "there" : "this JVM has none",
        "GC pauses, safepoints and compilations are joined with the batches through it",
        "a full JDK, or --set measure.causes=false");
  }
}
