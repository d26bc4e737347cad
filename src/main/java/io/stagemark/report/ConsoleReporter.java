package io.stagemark.report;

import io.stagemark.data.PlainText;
import io.stagemark.data.Stage;
import io.stagemark.output.OutputTree;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.RunResult;
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
    text.append('\n');
    if (!result.isScoredOnly()) {
      text.append(times(result, labels)).append('\n');
      text.append(StageBars.of(result, labels, WIDTH)).append('\n');
    }
    text.append(new ValuesTable(result, labels).fitting(WIDTH)).append('\n');
    List<String> lines = new ArrayList<>();
    FastestCase.sentence(result, labels.labels())
        .ifPresent(answer -> lines.add(answer + AnswerText.agreement(result)));
    lines.addAll(SizeTables.hints(result, labels));
    lines.addAll(LoadText.notes(result, labels));
    lines.addAll(ValidityText.failures(raw, labels.labels()));
    lines.addAll(ValidityText.disagreements(result, labels.labels()));
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
      cells.add(Figures.fps(one.timed().framesPerSecond()));
      table.row(cells);
    }
    return table.text();
  }
}
