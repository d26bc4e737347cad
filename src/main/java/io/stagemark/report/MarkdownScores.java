package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.Score;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.RunResult;
import io.stagemark.result.ScoreDifference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Scores by case for {@code report.md}, with the paired differences that are not zero. */
final class MarkdownScores {
  /** Cases that fit side by side; more are rows. */
  private static final int MAX_COLUMNS = 4;

  private static final int MAX_SCORES = 8;

  /** Scores are printed with four decimals: smaller differences do not show. */
  private static final double SMALLEST = 0.00005;

  private final RunResult result;
  private final CaseLabels labels;
  private final Map<String, Score> scores = new LinkedHashMap<>();
  private final List<String> undefined = new ArrayList<>();

  /**
   * @param result with texts that are safe as Markdown
   */
  MarkdownScores(RunResult result, CaseLabels labels) {
    this.result = result;
    this.labels = labels;
    if (result.config().get("score") instanceof List<?> names) {
      names.forEach(name -> add(score -> score.name().equals(String.valueOf(name))));
    }
    boolean few = result.cases().size() <= MAX_COLUMNS;
    if (few) {
      scores.clear(); // all are shown: in their own order
    }
    add(score -> true);
    for (Score score : List.copyOf(scores.values())) {
      if (result.cases().stream()
          .allMatch(one -> one.score(score.name()).map(Score::value).orElse(Double.NaN).isNaN())) {
        scores.remove(score.name());
        undefined.add(score.name());
      }
    }
  }

  private void add(Predicate<Score> which) {
    for (CaseResult one : result.cases()) {
      one.scored().scores().stream().filter(which).forEach(s -> scores.putIfAbsent(s.name(), s));
    }
  }

  /** Returns the table, where a score has a value, and a note; empty where nothing was scored. */
  String text() {
    boolean few = result.cases().size() <= MAX_COLUMNS;
    String table = scores.isEmpty() ? "" : few ? byScore() : byCase();
    String note = note();
    return table
        + (note.isEmpty() || table.isEmpty() ? "" : "\n")
        + note
        + (note.isEmpty() ? "" : "\n");
  }

  private String byScore() {
    MarkdownTable table = new MarkdownTable().words("score");
    labels.labels().forEach(table::numbers);
    table.words("unit", "better").numbers("n");
    for (Score score : scores.values()) {
      List<String> cells = new ArrayList<>(List.of(score.name()));
      result.cases().forEach(one -> cells.add(cell(one, score.name())));
      cells.add(score.unit());
      cells.add(score.lowerIsBetter() ? "lower" : "higher");
      cells.add(Long.toString(score.count()));
      table.row(cells);
    }
    return table.text("scores");
  }

  private String byCase() {
    List<Score> shown = scores.values().stream().limit(MAX_SCORES).toList();
    MarkdownTable table = new MarkdownTable().words("case");
    shown.forEach(s -> table.numbers(s.name() + (s.lowerIsBetter() ? " ↓" : " ↑")));
    for (int i = 0; i < result.cases().size(); i++) {
      List<String> cells = new ArrayList<>(List.of(labels.labels().get(i)));
      CaseResult one = result.cases().get(i);
      shown.forEach(score -> cells.add(cell(one, score.name())));
      table.row(cells);
    }
    return table.text("cases")
        + MarkdownTable.more(scores.size() - shown.size(), "scores")
        + "\n↑: higher is better, ↓: lower.\n";
  }

  private String cell(CaseResult one, String name) {
    String value = one.score(name).map(Score::value).map(Figures::score).orElse(Figures.ABSENT);
    return difference(one.id(), name)
        .filter(MarkdownScores::isShown)
        .map(d -> value + " (" + text(d) + ")")
        .orElse(value);
  }

  private Optional<ScoreDifference> difference(String candidate, String score) {
    return result.differences().stream()
        .filter(d -> d.candidate().equals(candidate) && d.metric().score().equals(score))
        .findFirst();
  }

  private static boolean isShown(ScoreDifference d) {
    return Math.max(Math.abs(d.summary().low()), Math.abs(d.summary().high())) >= SMALLEST;
  }

  /** Returns such as {@code +0.1 [+0.05, +0.15], worse}. */
  private static String text(ScoreDifference d) {
    return String.format(
        ROOT,
        "%+.3g [%+.3g, %+.3g], %s",
        d.summary().mean(),
        d.summary().low(),
        d.summary().high(),
        verdict(d));
  }

  private static String verdict(ScoreDifference d) {
    if (!(d.summary().low() > 0 || d.summary().high() < 0)) {
      return "no difference found";
    }
    return d.summary().low() > 0 == d.metric().lowerIsBetter() ? "worse" : "better";
  }

  private String note() {
    List<String> notes = new ArrayList<>();
    if (!undefined.isEmpty()) {
      notes.add("Not defined on these examples: " + String.join(", ", undefined) + ".");
    }
    if (!result.differences().isEmpty()) {
      String baseline = label(result.differences().get(0).baseline());
      long shown = result.differences().stream().filter(MarkdownScores::isShown).count();
      long small = result.differences().size() - shown;
      if (shown > 0) {
        notes.add(
            "In brackets: mean difference from "
                + baseline
                + " on the same examples, and its 95 % interval.");
      }
      if (small > 0) {
        String what = small == 1 ? "1 paired difference" : small + " paired differences";
        notes.add(what + " from " + baseline + " within ±0.00005.");
      }
    }
    return String.join(" ", notes);
  }

  private String label(String id) {
    for (int i = 0; i < result.cases().size(); i++) {
      if (result.cases().get(i).id().equals(id)) {
        return labels.labels().get(i);
      }
    }
    return id;
  }
}
