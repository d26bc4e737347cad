package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ClassFigures;
import io.stagemark.data.PlainText;
import io.stagemark.data.Prediction.ScoredClass;
import io.stagemark.data.Score;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.Figures;
import io.stagemark.result.ScoreDifference;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.result.file.RecordTexts;
import io.stagemark.result.file.ResultFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tables of scores finer than a case's, in Markdown. */
final class ScoreTables {
  private static final int WORST = 10;

  private ScoreTables() {}

  /** Returns a row for each class, each figure with the number of things it counts. */
  static String classes(List<ClassFigures> classes) {
    if (classes.isEmpty()) {
      return "";
    }
    StringBuilder head = new StringBuilder("\n| class |");
    StringBuilder rule = new StringBuilder("|---|");
    for (Score figure : classes.get(0).figures()) {
      head.append(' ').append(figure.name()).append(" | n |");
      rule.append("---:|---:|");
    }
    StringBuilder text = head.append('\n').append(rule).append('\n');
    for (ClassFigures one : classes) {
      text.append("| ").append(one.name()).append(" |");
      for (Score figure : one.figures()) {
        text.append(
            String.format(ROOT, " %s | %d |", Figures.score(figure.value()), figure.count()));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Returns the ten examples with the largest loss: the first loss that was asked for. */
  static String worst(Path folder, CaseResult one) throws BadInputException {
    Path file = folder.resolve(CaseExamples.fileName(one.id()));
    if (!Files.isRegularFile(file)) {
      return "";
    }
    CaseExamples all = RecordTexts.map(ResultFiles.readExamples(file), PlainText::markdown);
    List<String> labels = all.labels();
    CaseResult shown = RecordTexts.map(one, PlainText::markdown);
    Optional<WorstExamples> found = WorstExamples.of(shown, all.examples());
    if (found.isEmpty()) {
      return "";
    }
    List<ExampleResult> scored = found.get().examples();
    boolean classes = scored.stream().anyMatch(ScoreTables::isOfClasses);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            ROOT,
            "\nWorst of %d examples by %s:\n\n| example |%s %s |\n|---|%s%s\n",
            scored.size(),
            found.get().loss(),
            classes ? " true | answered |" : "",
            names(scored.get(0).scores()),
            classes ? "---|---|" : "",
            "---:|".repeat(scored.get(0).scores().size())));
    for (ExampleResult example : scored.subList(0, Math.min(WORST, scored.size()))) {
      text.append("| ").append(example.id()).append(" |");
      if (classes) {
        text.append(answer(example, labels));
      }
      example.scores().forEach(s -> text.append(' ').append(Figures.score(s.value())).append(" |"));
      text.append('\n');
    }
    return text.toString();
  }

  private static boolean isOfClasses(ExampleResult example) {
    return example.answer().filter(answer -> !answer.truth().isEmpty()).isPresent();
  }

  /** Returns the right classes, and the likeliest of those that were answered. */
  private static String answer(ExampleResult example, List<String> labels) {
    List<String> right =
        example.answer().stream()
            .flatMap(answer -> answer.truth().stream())
            .map(labels::get)
            .toList();
    Optional<ScoredClass> best =
        example.answer().stream().flatMap(answer -> answer.predicted().stream()).findFirst();
    return String.format(
        ROOT,
        " %s | %s |",
        right.isEmpty() ? Figures.ABSENT : String.join(", ", right),
        best.map(it -> labels.get(it.classId()) + " " + Figures.score(it.score()))
            .orElse(Figures.ABSENT));
  }

  private static String names(List<Score> scores) {
    return scores.stream().map(Score::name).collect(Collectors.joining(" | "));
  }

  /**
   * Returns the paired differences with their intervals; {@code ~} where the interval contains
   * zero.
   */
  static String differences(List<ScoreDifference> differences) {
    if (differences.isEmpty()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            "\n## Score differences\n\nCandidate minus baseline, paired by example; 95 % bootstrap"
                + " interval of the mean. `~`: no difference found.\n\n");
    text.append(
        "| candidate | baseline | score | mean Δ | low | high | verdict | up | down | n |\n");
    text.append("|---|---|---|---:|---:|---:|---|---:|---:|---:|\n");
    for (ScoreDifference d : differences) {
      text.append(
          String.format(
              ROOT,
              "| %s | %s | %s | %s | %s | %s | %s | %d | %d | %d |\n",
              d.candidate(),
              d.baseline(),
              d.metric().score(),
              signed(d.summary().mean()),
              signed(d.summary().low()),
              signed(d.summary().high()),
              verdict(d),
              d.summary().up(),
              d.summary().down(),
              d.summary().count()));
    }
    return text.toString();
  }

  private static String signed(double value) {
    return Double.isFinite(value) ? String.format(ROOT, "%+.3g", value) : Figures.ABSENT;
  }

  private static String verdict(ScoreDifference d) {
    if (!(d.summary().low() > 0 || d.summary().high() < 0)) {
      return "~";
    }
    return d.summary().low() > 0 == d.metric().lowerIsBetter() ? "worse" : "better";
  }
}
