package io.stagemark.cli;

import io.stagemark.compare.Annotations;
import io.stagemark.compare.Comparison;
import io.stagemark.compare.ConsoleText;
import io.stagemark.compare.JUnitXml;
import io.stagemark.compare.MarkdownPage;
import io.stagemark.report.ResultFiles;
import java.io.IOException;
import java.io.PrintWriter;

/** How a comparison is printed. */
enum ComparisonFormat {
  CONSOLE,
  MARKDOWN,
  JUNIT,
  JSON;

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
      Annotations.of(comparison).forEach(out::println);
    }
    out.flush();
  }
}
