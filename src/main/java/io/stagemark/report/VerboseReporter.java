package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.data.Stage;
import io.stagemark.output.OutputTree;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.file.RecordTexts;
import io.stagemark.stats.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All tables and notes of a run as text, at most 100 columns wide: what --verbose prints. */
public final class VerboseReporter implements Reporter {
  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+){0,9}");

  @Override
  public String name() {
    return "verbose";
  }

  @Override
  public Rendering render(RunResult raw, OutputTree folder) {
    RunResult result = RecordTexts.map(raw, PlainText::line);
    CaseLabels labels = CaseLabels.of(result.cases());
    StringBuilder text = new StringBuilder();
    heading(result, labels).forEach(line -> text.append(line).append('\n'));
    text.append('\n');
    text.append(times(result, labels)).append('\n');
    text.append(new ValuesTable(result, labels).whole())
        .append(OperationLines.of(result.cases(), labels));
    text.append(LoadText.latencies(result, labels));
    text.append(SizeTables.console(result, labels));
    text.append(CandidateTables.console(result, labels));
    text.append(SubStageTables.console(result, labels));
    text.append(CauseTables.console(result, labels));
    List<String> notes = notes(raw, result, labels);
    notes.addAll(0, LoadText.notes(result, labels));
    result
        .calibration()
        .ifPresent(calibration -> notes.addAll(ValidityText.wrapped("figures " + calibration)));
    text.append(notes.isEmpty() ? "" : "\n" + String.join("\n", notes) + "\n");
    return new Rendering(text.toString(), List.of());
  }

  /** Returns the line of the run and the line of what all cases share. */
  static List<String> heading(RunResult result, CaseLabels labels) {
    return List.of(
        String.format(
            ROOT,
            "%s · %d examples · %d cores %s · JDK %s · %s · %.0f s%s",
            result.name(),
            result.dataset().examples(),
            result.environment().cores(),
            processor(result.environment().cpu()),
            version(result.environment().jdk()),
            result.status().name().toLowerCase(ROOT),
            result.wallSeconds(),
            ValidityText.head(result)),
        "all cases: " + labels.shared());
  }

  /** Returns {@code Intel Xeon} of {@code Intel(R) Xeon(R) Processor}: the line is short. */
  private static String processor(String name) {
    String plain =
        name.replaceAll("\\((R|TM)\\)|\\bProcessor\\b", "").replaceAll("\\s+", " ").strip();
    return plain.isEmpty() ? name : plain;
  }

  /** Returns 17.0.15 of such as Vendor 17.0.15+6-build: the line is short, result.json is not. */
  private static String version(String jdk) {
    Matcher numbers = VERSION.matcher(jdk);
    return numbers.find() ? numbers.group() : jdk;
  }

  private static String times(RunResult result, CaseLabels labels) {
    TextTable table = new TextTable();
    table.row(
        List.of(
            "p50 in ms",
            "decode",
            "preproc",
            "forward",
            "postproc",
            "gap",
            "total",
            "p99",
            "FPS",
            "n"));
    for (int i = 0; i < result.cases().size(); i++) {
      CaseResult one = result.cases().get(i);
      List<String> cells = new ArrayList<>();
      cells.add(labels.labels().get(i));
      for (String stage :
          List.of("decode", "preprocess", "forward", "postprocess", "gap", "total")) {
        cells.add(Figures.millis(one.stage(stage), 50));
      }
      cells.add(Figures.millis(one.stage(Stage.TOTAL.label()), 99));
      cells.add(Figures.fps(one.timed().framesPerSecond()));
      cells.add(
          one.stage(Stage.TOTAL.label()).map(t -> Long.toString(t.count())).orElse(Figures.ABSENT));
      table.row(cells);
    }
    return table.text();
  }

  private static List<String> notes(RunResult raw, RunResult result, CaseLabels labels) {
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < result.cases().size(); i++) {
      CaseResult one = result.cases().get(i);
      String label = labels.labels().get(i);
      Optional<Distribution> total = one.stage(Stage.TOTAL.label());
      total
          .map(t -> t.quantile(99))
          .filter(q -> q.nanos().isEmpty())
          .ifPresent(q -> notes.add(label + ": p99 " + q.reason(total.orElseThrow().count())));
      for (TrialResult trial : one.trials()) {
        trial
            .measured()
            .filter(m -> m.proof().isEmpty()) // else the reasons and notes say so
            .filter(m -> m.window().failedBatches() > 0 || m.outputs().changedOutputs() > 0)
            .ifPresent(
                m ->
                    notes.add(
                        String.format(
                            ROOT,
                            "%s: trial %d: %d batches failed, %d outputs differed from the first visit",
                            label,
                            trial.index(),
                            m.window().failedBatches(),
                            m.outputs().changedOutputs())));
      }
    }
    notes.addAll(ValidityText.failures(raw, labels.labels()));
    notes.addAll(ValidityText.disagreements(result, labels.labels()));
    ValidityText.reasons(result, labels.labels())
        .forEach(line -> notes.addAll(ValidityText.wrapped(line)));
    PrecisionText.limits(result, labels.labels(), true)
        .forEach(line -> notes.addAll(ValidityText.wrapped(line)));
    ValidityText.notes(result, labels.labels())
        .forEach(line -> notes.addAll(ValidityText.wrapped(line)));
    result.dataset().notes().forEach(n -> notes.addAll(ValidityText.wrapped("data set: " + n)));
    return notes;
  }
}
