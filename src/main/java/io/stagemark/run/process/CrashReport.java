package io.stagemark.run.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the JVM's own crash report ({@code hs_err}) says in its first lines. */
final class CrashReport {
  private static final String FRAME = "# Problematic frame:";
  private static final int HEAD_LINES = 40;

  private CrashReport() {}

  /** Returns the signal or error and the frame it came from; empty where there is no report. */
  static Optional<String> read(Path report) {
    if (!Files.isRegularFile(report)) {
      return Optional.empty();
    }
    try (Stream<String> all = Files.lines(report, StandardCharsets.ISO_8859_1)) {
      return Optional.of(text(all.limit(HEAD_LINES).toList()));
    } catch (IOException e) {
      return Optional.of("its crash report cannot be read: " + e.getMessage());
    }
  }

  private static String text(List<String> head) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < head.size(); i++) {
      String line = head.get(i);
      String said = line.length() > 1 ? line.substring(1).strip() : "";
      if (line.startsWith("#  SIG") || line.startsWith("#  Internal Error")) {
        parts.add("native crash, " + said.replaceAll(", (?:pid|tid)=\\d+", ""));
      } else if (line.startsWith("# There is insufficient memory")
          || line.startsWith("# Native memory allocation")) {
        parts.add(said);
      } else if (line.equals(FRAME) && i + 1 < head.size()) {
        parts.add("in " + head.get(i + 1).substring(1).strip());
      }
    }
    return parts.isEmpty() ? "native crash, see hs_err.log" : String.join(" ", parts);
  }
}
