package io.stagemark.report.export;

import static java.util.Locale.ROOT;

import io.stagemark.output.OutputTree;
import io.stagemark.report.ExportReporter;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.Rendering;
import io.stagemark.report.export.Figure.Better;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two files for {@code benchmark-action/github-action-benchmark}: one for its tool {@code
 * customSmallerIsBetter} (times in ms, memory, losses), one for {@code customBiggerIsBetter}
 * (images a second, accuracies). A chart is a stage of a case: its p50 with the other statistics as
 * text, or its mean where it has too few batches for a p50.
 */
public final class GithubBenchmarkReporter implements ExportReporter {
  private static final String SMALLER = "github-smaller-is-better.json";
  private static final String BIGGER = "github-bigger-is-better.json";

  @Override
  public String name() {
    return "github-benchmark";
  }

  @Override
  public Rendering render(RunResult result, OutputTree folder, InvalidCases invalid)
      throws IOException {
    ExportedRun run = ExportedRun.of(result, invalid);
    List<Map<String, Object>> smaller = new ArrayList<>();
    List<Map<String, Object>> bigger = new ArrayList<>();
    for (ExportedCase one : run.cases()) {
      List<Figure> figures = CaseFigures.of(one);
      for (Figure figure : figures) {
        if (figure.better() == Better.NEITHER || (isTime(figure) && !isShown(figure, figures))) {
          continue;
        }
        (figure.better() == Better.LOWER ? smaller : bigger).add(entry(one, figure, figures));
      }
    }
    Notes notes = new Notes();
    List<String> files = List.of(SMALLER, BIGGER);
    List<List<Map<String, Object>>> contents = List.of(smaller, bigger);
    for (int i = 0; i < files.size(); i++) {
      folder.write(files.get(i), ResultFiles.text(contents.get(i)) + "\n");
      if (contents.get(i).isEmpty()) {
        notes.add("no entry, and the action refuses such a file", files.get(i));
      }
    }
    return run.rendering(name(), files, notes);
  }

  private static boolean isTime(Figure figure) {
    return figure.unit().equals("ms") && !figure.stage().equals(CaseFigures.CASE);
  }

  private static boolean isShown(Figure figure, List<Figure> figures) {
    boolean hasMedian =
        figures.stream()
            .anyMatch(f -> f.stage().equals(figure.stage()) && f.statistic().equals("p50"));
    return figure.statistic().equals(hasMedian ? "p50" : "mean");
  }

  private static Map<String, Object> entry(ExportedCase one, Figure figure, List<Figure> figures) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", one.name().path(figure.stage()) + " " + SafeName.of(figure.statistic()));
    entry.put("unit", figure.unit());
    entry.put("value", PlainNumber.rounded(figure.value()));
    figure
        .bounds()
        .ifPresent(
            bounds ->
                entry.put("range", "± " + PlainNumber.withPoint(bounds.distance(figure.value()))));
    entry.put("extra", extra(figure, figures));
    return entry;
  }

  /** Everything that a chart shows beside its value: a line a statistic. */
  private static String extra(Figure figure, List<Figure> figures) {
    StringBuilder text = new StringBuilder("n " + figure.count());
    figure.bounds().ifPresent(bounds -> text.append("\n95 % interval ").append(brackets(bounds)));
    if (isTime(figure)) {
      for (Figure other : figures) {
        if (other.stage().equals(figure.stage()) && isTime(other) && !other.equals(figure)) {
          text.append('\n').append(other.statistic()).append(' ').append(shown(other));
        }
      }
    }
    return text.toString();
  }

  private static String shown(Figure figure) {
    Optional<String> interval = figure.bounds().map(GithubBenchmarkReporter::brackets);
    return PlainNumber.of(figure.value())
        + " "
        + figure.unit()
        + interval.map(text -> " " + text).orElse("");
  }

  private static String brackets(Figure.Bounds bounds) {
    return String.format(
        ROOT, "[%s, %s]", PlainNumber.of(bounds.lower()), PlainNumber.of(bounds.upper()));
  }
}
