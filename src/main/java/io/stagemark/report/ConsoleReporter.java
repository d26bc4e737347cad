package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.data.Score;
import io.stagemark.data.Stage;
import io.stagemark.output.OutputTree;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.Parity;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.file.RecordTexts;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run ends with on the console, at most 80 columns wide: what ran, one table, a bar for each
 * case, the answer, what is wrong, and what limits the precision. {@link VerboseReporter} has
 * everything.
 */
public final class ConsoleReporter implements Reporter {
  /** Columns of a terminal that was not widened. */
  static final int WIDTH = 80;

  private static final int MAX_FAILURE_LINES = 3;

  @Override
  public String name() {
    return "console";
  }

  @Override
  public Rendering render(RunResult raw, OutputTree folder) {
    RunResult result = RecordTexts.map(raw, PlainText::line);
    CaseLabels labels = CaseLabels.of(result.cases());
    StringBuilder text = new StringBuilder();
    VerboseReporter.heading(result, labels)
        .forEach(
            line -> WrappedText.lines(line, "  ", WIDTH).forEach(l -> text.append(l).append('\n')));
    text.append('\n').append(times(result, labels)).append('\n');
    text.append(StageBars.of(result, labels, WIDTH)).append('\n');
    text.append(scores(result, labels));
    List<String> lines = new ArrayList<>();
    FastestCase.sentence(result, labels.labels())
        .ifPresent(answer -> lines.add(answer + agreement(result)));
    lines.addAll(LoadText.notes(result, labels));
    lines.addAll(failures(raw, labels));
    lines.addAll(ValidityText.reasons(result, labels.labels()));
    lines.addAll(PrecisionText.limits(result, labels.labels(), false));
    result.dataset().notes().forEach(note -> lines.add("data set: " + note));
    for (String line : lines) {
      WrappedText.lines(line, "  ", WIDTH).forEach(l -> text.append(l).append('\n'));
    }
    return new Rendering(text.toString(), List.of());
  }

  private static String times(RunResult result, CaseLabels labels) {
    TextTable table = new TextTable(WIDTH);
    table.row(List.of("p50 in ms", "total", "", "decode", "preproc", "forward", "postproc", "FPS"));
    for (int i = 0; i < result.cases().size(); i++) {
      CaseResult one = result.cases().get(i);
      List<String> cells = new ArrayList<>();
      cells.add(labels.labels().get(i));
      cells.add(Figures.millis(one.stage(Stage.TOTAL.label()), 50));
      cells.add(PrecisionText.headline(one).map(PrecisionText::plusMinus).orElse(""));
      for (Stage stage :
          List.of(Stage.DECODE, Stage.PREPROCESS, Stage.FORWARD, Stage.POSTPROCESS)) {
        cells.add(Figures.millis(one.stage(stage.label()), 50));
      }
      cells.add(Figures.fps(one.framesPerSecond()));
      table.row(cells);
    }
    return table.text();
  }

  /** Returns operations and scores, as many columns as fit. */
  private static String scores(RunResult result, CaseLabels labels) {
    List<String> names = VerboseReporter.headlines(result);
    for (int shown = names.size(); shown >= 0; shown--) {
      String text = scores(result, labels, names.subList(0, shown));
      if (shown == 0 || text.lines().allMatch(line -> line.length() <= WIDTH)) {
        return text
            + (shown < names.size()
                ? String.format(ROOT, "%d more scores are in the report\n", names.size() - shown)
                : "")
            + "\n";
      }
    }
    return "";
  }

  private static String scores(RunResult result, CaseLabels labels, List<String> names) {
    TextTable table = new TextTable(Integer.MAX_VALUE);
    List<String> head = new ArrayList<>(List.of("per image", "GFLOPs", "GFLOP/s"));
    head.addAll(names);
    table.row(head);
    for (int i = 0; i < result.cases().size(); i++) {
      CaseResult one = result.cases().get(i);
      List<String> cells = new ArrayList<>();
      cells.add(labels.labels().get(i));
      cells.addAll(VerboseReporter.floatOperations(one));
      for (String name : names) {
        cells.add(one.score(name).map(Score::value).map(Figures::score).orElse(Figures.ABSENT));
      }
      table.row(cells);
    }
    return table.text();
  }

  /** Returns how far the engines' outputs are apart; empty where they were not compared. */
  private static String agreement(RunResult result) {
    return result.parity().isEmpty()
        ? ""
        : "; outputs differ by at most "
            + Figures.difference(
                result.parity().stream()
                    .mapToDouble(Parity::maxAbsoluteDifference)
                    .reduce(0, Math::max));
  }

  private static List<String> failures(RunResult raw, CaseLabels labels) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < raw.cases().size(); i++) {
      for (TrialResult trial : raw.cases().get(i).trials()) {
        String label = labels.labels().get(i);
        trial
            .failure()
            .ifPresent(
                reason ->
                    lines.add(
                        String.format(
                            ROOT,
                            "%s: trial %d FAILED: %s",
                            label,
                            trial.index(),
                            first(reason, MAX_FAILURE_LINES))));
      }
    }
    return lines;
  }

  /** Returns the first lines of a reason, safe to print. */
  static String first(String reason, int count) {
    List<String> lines = reason.lines().toList();
    return PlainText.lines(String.join("\n", lines.subList(0, Math.min(count, lines.size()))));
  }
}
