package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.output.OutputTree;
import io.stagemark.report.comparison.Annotations;
import io.stagemark.report.comparison.ComparisonReporter;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ComparisonFile;
import io.stagemark.spi.Registry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Prints and writes comparisons with the reporters on the class path. */
final class ComparisonRenderer {
  private final Registry<ComparisonReporter> reporters =
      Registry.discover(ComparisonReporter.class, ComparisonRenderer.class.getClassLoader());

  /**
   * Checks the names of {@code --format}.
   *
   * @throws BadInputException with those that no reporter has
   */
  void check(List<String> names) throws BadInputException {
    checkFormats(names, reporters.names());
  }

  /** Checks names of {@code --format} against those that there are. */
  static void checkFormats(List<String> names, List<String> known) throws BadInputException {
    List<Problem> unknown =
        names.stream()
            .filter(name -> !known.contains(name))
            .map(
                name ->
                    new Problem(
                        "--format",
                        name,
                        "one of: " + String.join(", ", known),
                        "--format markdown"))
            .toList();
    if (!unknown.isEmpty()) {
      throw new BadInputException(unknown);
    }
  }

  /**
   * Prints a comparison; on GitHub, the console's rendering is followed by annotations, which are
   * command lines that it reads.
   */
  void print(String name, Comparison comparison, PrintWriter out) throws IOException {
    out.print(reporters.get(name).render(comparison));
    if (name.equals("console") && "true".equals(System.getenv("GITHUB_ACTIONS"))) {
      Annotations.of(comparison).forEach(line -> ConsoleWriter.printCommand(out, line));
    }
    out.flush();
  }

  /** Writes {@code comparison.json} and the file of each reporter that has one. */
  void write(Path folder, Comparison comparison) throws IOException, BadInputException {
    OutputTree tree = OutputTree.of(folder);
    ComparisonFile.write(tree, comparison);
    for (ComparisonReporter reporter : reporters.all()) {
      Optional<String> file = reporter.file();
      if (file.isPresent()) {
        tree.write(file.get(), reporter.render(comparison, folder));
      }
    }
  }
}
