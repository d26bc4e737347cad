package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.data.ShownPath;
import io.stagemark.output.OutputTree;
import io.stagemark.report.ExportReporter;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.Rendering;
import io.stagemark.report.Reporter;
import io.stagemark.result.RunResult;
import io.stagemark.spi.Registry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Renders a result with some reporters, pictures first and the page last: it links the others. */
public final class Renderer {
  /** What a reader opens; it links what else is in the folder. */
  static final String PAGE = "index.html";

  private static final String FIRST = "images";
  private static final String LAST = "html";

  private final PrintWriter out;
  private final Registry<Reporter> reporters =
      Registry.discover(Reporter.class, Renderer.class.getClassLoader());

  /**
   * @param out gets what reporters print, and the folder
   */
  public Renderer(PrintWriter out) {
    this.out = out;
  }

  /** Renders as {@link #render(RunResult, Path, List, InvalidCases)}, without INVALID cases. */
  public void render(RunResult result, Path folder, List<String> names)
      throws IOException, BadInputException {
    render(result, folder, names, InvalidCases.LEFT_OUT);
  }

  /** Returns the reporters that leave INVALID cases out unless they are asked for. */
  List<String> exports() {
    return reporters.all().stream()
        .filter(ExportReporter.class::isInstance)
        .map(Reporter::name)
        .toList();
  }

  /**
   * Renders with each of them, even if one cannot write its file.
   *
   * @param invalid what reporters for other programs do with INVALID cases
   * @throws IOException of the first that could not
   */
  void render(RunResult result, Path folder, List<String> names, InvalidCases invalid)
      throws IOException, BadInputException {
    List<String> ordered = new ArrayList<>(names);
    if (ordered.remove(FIRST)) {
      ordered.add(0, FIRST);
    }
    if (ordered.remove(LAST)) {
      ordered.add(LAST);
    }
    OutputTree tree = OutputTree.of(folder);
    List<String> files = new ArrayList<>();
    List<IOException> failures = new ArrayList<>();
    for (String name : ordered) {
      try {
        Reporter reporter = reporters.get(name);
        Rendering rendering =
            reporter instanceof ExportReporter export
                ? export.render(result, tree, invalid)
                : reporter.render(result, tree);
        out.print(rendering.console());
        files.addAll(rendering.files());
      } catch (IOException e) {
        failures.add(e);
      }
    }
    out.println();
    if (files.contains(PAGE)) {
      out.println(PlainText.line("page    " + ShownPath.of(folder.resolve(PAGE))));
    } else {
      out.println(PlainText.line(ShownPath.of(folder) + summary(files)));
    }
    out.flush();
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  /** Many pictures are one entry. */
  private static String summary(List<String> files) {
    List<String> names =
        files.stream()
            .map(file -> file.contains("/") ? file.substring(0, file.indexOf('/') + 1) : file)
            .distinct()
            .toList();
    return names.isEmpty() ? "" : ": " + String.join(" · ", names);
  }
}
