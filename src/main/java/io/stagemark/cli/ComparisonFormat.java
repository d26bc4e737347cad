package io.stagemark.cli;

import io.stagemark.compare.Annotations;
import io.stagemark.compare.Comparison;
import io.stagemark.compare.ConsoleText;
import io.stagemark.compare.JUnitXml;
import io.stagemark.compare.MarkdownPage;
import io.stagemark.report.ResultFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a comparison is printed. */
enum ComparisonFormat {
  CONSOLE,
  MARKDOWN,
  JUNIT,
  JSON;

  /** Returns the names as a user writes them. */
  static List<String> names() {
    return Arrays.stream(values()).map(format -> format.name().toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * Returns the format of a name.
   *
   * @param name one of {@link #names}
   */
  static ComparisonFormat of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Prints it; on GitHub, what regressed is annotated too, by the command lines it reads. */
  void print(Comparison comparison, PrintWriter out) throws IOException {
    out.print(
        switch (this) {
          case CONSOLE -> ConsoleText.of(comparison);
          case MARKDOWN -> MarkdownPage.of(comparison);
          case JUNIT -> JUnitXml.of(comparison);
          case JSON -> ResultFiles.text(comparison) + "\n";
        });
    if (this == CONSOLE && "true".equals(System.getenv("GITHUB_ACTIONS"))) {
      Annotations.of(comparison).forEach(line -> ConsoleWriter.printCommand(out, line));
    }
    out.flush();
  }
}
