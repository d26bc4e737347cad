package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.data.Score;
import io.stagemark.data.Stage;
import io.stagemark.output.OutputTree;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Closure;
import io.stagemark.result.Environment;
import io.stagemark.result.Figures;
import io.stagemark.result.Operations;
import io.stagemark.result.Parity;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.file.RecordTexts;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Quantile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code report.md}: every figure of a run with its n, for a repository or a pull request. */
public final class MarkdownReporter implements Reporter {
  private static final String FILE = "report.md";

  @Override
  public String name() {
    return "markdown";
  }

  @Override
  public Rendering render(RunResult raw, OutputTree folder) throws IOException, BadInputException {
    RunResult result = RecordTexts.map(raw, PlainText::markdown);
    StringBuilder text = new StringBuilder();
    text.append("# ").append(result.name()).append("\n\n").append(summary(result));
    result.calibration().ifPresent(c -> text.append("\nFigures ").append(c).append(".\n"));
    text.append(ValidityText.section(result));
    text.append(PrecisionText.section(result));
    for (int i = 0; i < result.cases().size(); i++) {
      CaseResult one = result.cases().get(i);
      text.append("\n## ").append(one.key().label()).append("\n\n").append(caseText(one));
      text.append(trials(raw.cases().get(i).trials())); // a failure's reason has several lines
      text.append(ProofTables.of(one)).append(CircumstanceTables.of(one));
      text.append(ScoreTables.worst(folder.path(), raw.cases().get(i)));
      text.append(AnswerTables.of(folder.path(), raw.cases().get(i)));
    }
    text.append(OperationTables.of(result.cases()));
    text.append(ScoreTables.differences(result.differences()));
    text.append(parity(result)).append(pictures(folder.path())).append(environment(result));
    text.append(EnvironmentText.of(result.environment()));
    folder.write(FILE, text.toString());
    return new Rendering("", List.of(FILE));
  }

  private static String summary(RunResult result) {
    return String.format(
            ROOT,
            "%s: %s on %d examples of `%s`, started %s, %.0f s. Times are of a batch; percentiles"
                + " are nearest rank over all trials, with their interval in brackets (order"
                + " statistics, at least 95 %%); FPS is images over wall time; FLOPs are 2 × MAC"
                + " per image. `gap` is total minus the stages.%n",
            result.status().name().toLowerCase(ROOT),
            result.cases().size() == 1 ? "1 case" : result.cases().size() + " cases",
            result.dataset().examples(),
            result.dataset().name(),
            result.startedAt(),
            result.wallSeconds())
        + result.dataset().notes().stream()
            .map(note -> String.format(ROOT, "%n- data set: %s%n", note))
            .collect(Collectors.joining());
  }

  private static String caseText(CaseResult one) {
    StringBuilder text = new StringBuilder();
    if (!one.stages().isEmpty()) {
      text.append(times(one.stages())).append('\n');
    }
    List<String> facts = new ArrayList<>();
    one.framesPerSecond().ifPresent(fps -> facts.add(String.format(ROOT, "FPS %.2f", fps)));
    one.operations()
        .ifPresent(
            o -> {
              facts.add(
                  String.format(
                      ROOT,
                      "%s per image (`%s`), %.2f M parameters",
                      work(o),
                      o.graph(),
                      o.parameters() / 1e6));
              if (!o.uncounted().isEmpty()) {
                facts.add("uncounted operators: " + o.uncounted());
              }
            });
    Closure.of(one).ifPresent(closure -> facts.add(closure.text()));
    facts.add("engine options: " + new java.util.TreeMap<>(one.key().options()));
    facts.forEach(fact -> text.append("- ").append(fact).append('\n'));
    if (!one.scores().isEmpty()) {
      text.append('\n').append(scores(one.scores()));
      if (!one.scoresAgree()) {
        text.append("\nThe trials' outputs are not bit-identical; scores are of the first.\n");
      }
    }
    text.append(LoadText.markdown(one.load()));
    text.append(ScoreTables.classes(one.classes()));
    text.append(CandidateTables.markdown(one)).append(SubStageTables.markdown(one));
    return text.append('\n').toString();
  }

  /** Integer work is not FLOPs: it is named next to them, or in their place. */
  private static String work(Operations o) {
    String floats = Figures.giga(o.flops()) + " GFLOPs, " + Figures.giga(o.macs()) + " GMACs";
    String integers = Figures.giga(o.integerOperations()) + " GIOPs (2 × integer MAC)";
    if (o.isOfIntegers()) {
      return integers;
    }
    return o.integerOperations() > 0 ? floats + ", " + integers : floats;
  }

  private static String times(Map<String, Distribution> stages) {
    List<Quantile> columns = stages.values().iterator().next().quantiles();
    StringBuilder text = new StringBuilder("| ms | n | mean | min |");
    columns.forEach(q -> text.append(' ').append(q.label()).append(" |"));
    text.append(" max | sd |\n|---|---:|---:|---:|")
        .append("---:|".repeat(columns.size()))
        .append("---:|---:|\n");
    stages.forEach(
        (stage, t) -> {
          String quantiles =
              t.quantiles().stream()
                  .map(q -> Figures.millisOrReason(t, q))
                  .collect(Collectors.joining(" | "));
          text.append(
              String.format(
                  ROOT,
                  "| %s | %d | %s | %s | %s | %s | %s |\n",
                  stage,
                  t.count(),
                  Figures.millis(t.meanNanos()),
                  Figures.millis((double) t.minNanos()),
                  quantiles,
                  Figures.millis((double) t.maxNanos()),
                  Figures.millis(t.standardDeviationNanos())));
        });
    return text.toString();
  }

  private static String scores(List<Score> scores) {
    StringBuilder text = new StringBuilder("| score | value | unit | n | better |\n");
    text.append("|---|---:|---|---:|---|\n");
    for (Score score : scores) {
      text.append(
          String.format(
              ROOT,
              "| %s | %s | %s | %d | %s |\n",
              score.name(),
              Figures.score(score.value()),
              score.unit(),
              score.count(),
              score.lowerIsBetter() ? "lower" : "higher"));
    }
    return text.toString();
  }

  private static String trials(List<TrialResult> trials) {
    StringBuilder text =
        new StringBuilder(
            "| trial | batches | total p50 ms | FPS | load ms | warm-up | bytes/batch | failed |"
                + " changed outputs |\n|---:|---:|---:|---:|---:|---|---:|---:|---:|\n");
    StringBuilder failures = new StringBuilder();
    for (TrialResult trial : trials) {
      trial.measured().ifPresent(m -> text.append(trial(trial.index(), m)));
      trial
          .failure()
          .ifPresent(
              reason ->
                  failures.append(
                      String.format(
                          ROOT,
                          "\nTrial %d failed:\n\n%s",
                          trial.index(),
                          PlainText.markdownBlock(reason))));
    }
    return text.append(failures).toString();
  }

  private static String trial(int index, TrialResult.Measured m) {
    return String.format(
        ROOT,
        "| %d | %d | %s | %.2f | %.0f | %d batches, %.1f s | %.0f | %d | %d |%n",
        index,
        m.window().batches(),
        Figures.millis(m.stage(Stage.TOTAL.label()), 50),
        m.window().images() / (m.window().wallNanos() / 1e9),
        m.preparation().loadNanos() / 1e6,
        m.preparation().warmupBatches(),
        m.preparation().warmupNanos() / 1e9,
        m.window().allocatedBytesPerBatch(),
        m.window().failedBatches(),
        m.outputs().changedOutputs());
  }

  private static String parity(RunResult result) {
    if (result.parity().isEmpty()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            "\n## Engine parity\n\nLargest absolute difference of the raw outputs.\n\n");
    text.append("| case | against | output | max abs Δ | examples | same inputs |\n");
    text.append("|---|---|---|---:|---:|---|\n");
    for (Parity p : result.parity()) {
      for (Parity.Output output : p.outputs()) {
        text.append(
            String.format(
                ROOT,
                "| %s | %s | %s | %s | %d | %s |\n",
                p.candidate(),
                p.reference(),
                output.name(),
                Figures.difference(output.maxAbsoluteDifference()),
                p.examples(),
                p.sameInputs() ? "yes, to the bit" : "NO"));
      }
    }
    return text.toString();
  }

  private static String pictures(Path folder) throws IOException {
    Path images = folder.resolve("images");
    if (!Files.isDirectory(images)) {
      return "";
    }
    try (Stream<Path> files = Files.list(images)) {
      return "\n## Pictures\n\nTrue boxes green, predicted orange (score at least 0.3).\n\n"
          + files
              .map(file -> String.valueOf(file.getFileName()))
              .map(
                  name ->
                      String.format(
                          ROOT,
                          "![%s](images/%s)\n",
                          PlainText.markdown(name),
                          PlainText.markdownTarget(name)))
              .sorted()
              .collect(Collectors.joining());
    }
  }

  private static String environment(RunResult result) {
    Environment e = result.environment();
    return String.format(
        ROOT,
        "\n## Environment\n\n- Stagemark %s, %s, %s\n- %d × %s, %.1f GiB\n- trial JVM flags: `%s`\n- libraries: %s\n- data set sha256 `%s`\n",
        e.stagemark(),
        e.jdk(),
        e.os(),
        e.cores(),
        e.cpu(),
        e.memoryBytes() / (double) (1L << 30),
        String.join(" ", e.jvmFlags()),
        new java.util.TreeMap<>(e.libraries()),
        result.dataset().sha256());
  }
}
