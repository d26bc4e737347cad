package io.stagemark.report.comparison;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.result.comparison.BlindSpot;
import io.stagemark.result.comparison.Change;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.Difference;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.Outcome;
import io.stagemark.result.comparison.QualityResult;
import io.stagemark.result.comparison.Side;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.result.file.RecordTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A comparison for a pull request's comment or a job's summary: what is flagged first. */
public final class MarkdownPage {
  private static final String SPEED_HEAD =
      """
      | | metric | baseline → candidate | change [interval] | adjusted p | margin | verdict |
      |---|---|---|---|---:|---:|---|
      """;

  private static final String SCORE_HEAD =
      """
      | | score | baseline → candidate | change [interval] | adjusted p | margin | n | verdict |
      |---|---|---|---|---:|---:|---:|---|
      """;

  private static final String COUNT_HEAD =
      "| | count | baseline | candidate | verdict |\n|---|---|---:|---:|---|\n";

  private static final int MAX_BLIND = 3;

  private final Comparison comparison;
  private final boolean severalCases;
  private final StringBuilder text = new StringBuilder();

  private MarkdownPage(Comparison comparison) {
    this.comparison = comparison;
    severalCases = comparison.severalCases();
  }

  /** Returns the page. */
  public static String of(Comparison comparison) {
    MarkdownPage page = new MarkdownPage(RecordTexts.map(comparison, PlainText::markdown));
    page.head();
    page.flagged();
    page.quality();
    page.countsThatFail();
    page.folded();
    return page.text.toString();
  }

  private void head() {
    Outcome outcome = comparison.outcome();
    line("## Stagemark: " + outcome.sign() + " " + outcome.text());
    line("");
    line("**" + Headline.sentence(comparison) + "**");
    line("");
    line(VerdictLine.of(comparison));
    line("");
    changes();
    comparison.failures().forEach(f -> line("- failed: " + f));
    BlameText.of(comparison).forEach(b -> line("- blame: **" + b + "**"));
    List<BlindSpot> blind = comparison.findings().blind();
    blind.stream()
        .limit(MAX_BLIND)
        .forEach(spot -> line("- blind: " + Headline.blind(spot, severalCases)));
    if (blind.size() > MAX_BLIND) {
      line("- blind: in " + (blind.size() - MAX_BLIND) + " more gated metrics");
    }
    if (!text.toString().endsWith("\n\n")) {
      line("");
    }
  }

  /** What differs between the sides: the change that is judged, and what stops the verdict. */
  private void changes() {
    List<Change> changes = comparison.setup().changes();
    if (changes.isEmpty()) {
      line("- changed: nothing that is recorded");
    }
    for (Change each : changes) {
      line(
          String.format(
              ROOT,
              "- changed: %s `%s` → `%s`",
              each.what(),
              each.baseline().isEmpty() ? "(none)" : each.baseline(),
              each.candidate().isEmpty() ? "(none)" : each.candidate()));
    }
    for (Difference each : comparison.differences()) {
      line(
          String.format(
              ROOT,
              "- %s differs%s: `%s` → `%s`",
              each.factor().key(),
              each.allowed() ? ", as the policy says" : " and stops the verdict",
              each.baseline(),
              each.candidate()));
    }
  }

  private void flagged() {
    List<SpeedResult> flagged =
        comparison.findings().speed().stream()
            .filter(s -> s.verdict() == Verdict.REGRESSED || s.verdict() == Verdict.IMPROVED)
            .sorted((a, b) -> Integer.compare(rank(a), rank(b)))
            .toList();
    if (flagged.isEmpty()) {
      line("No time is flagged.");
    } else {
      text.append(SPEED_HEAD);
      flagged.forEach(each -> line(row(each)));
    }
    line("");
  }

  /** Gated regressions first, then what only informs, improvements last. */
  private static int rank(SpeedResult one) {
    return (one.verdict() == Verdict.REGRESSED ? 0 : 2) + (one.metric().gated() ? 0 : 1);
  }

  private String row(SpeedResult s) {
    return String.format(
        ROOT,
        "| %s | %s%s | %s → %s | %s %s | %s | %s | %s%s |",
        s.verdict().sign(),
        severalCases ? s.metric().caseId() + " " : "",
        s.label(),
        ComparisonFigures.millis(s.times().baselineNanos()),
        ComparisonFigures.millis(s.times().candidateNanos()),
        ComparisonFigures.change(s.times().change()),
        ComparisonFigures.changes(s.times().interval()),
        ComparisonFigures.p(s.test().adjustedP()),
        ComparisonFigures.margin(s.test().margin()),
        ComparisonFigures.verdict(s.verdict(), s.metric().gated(), "slower", "faster"),
        s.reason().isEmpty() ? "" : ": " + s.reason());
  }

  /** Scores that are not as good, one row each; all the others in one line. */
  private void quality() {
    List<QualityResult> all = comparison.findings().quality();
    List<QualityResult> shown =
        all.stream().filter(q -> q.verdict() != Verdict.EQUIVALENT).toList();
    if (!shown.isEmpty()) {
      line("### Quality");
      line("");
      text.append(SCORE_HEAD);
      shown.forEach(each -> line(row(each)));
      line("");
    }
    List<QualityResult> equal =
        all.stream().filter(q -> q.verdict() == Verdict.EQUIVALENT).toList();
    if (!equal.isEmpty()) {
      boolean identical = equal.stream().allMatch(q -> q.reason().equals("bit-identical outputs"));
      line(
          String.format(
              ROOT,
              "Quality: %d %sscore%s, %s.",
              equal.size(),
              shown.isEmpty() ? "" : "other ",
              equal.size() == 1 ? "" : "s",
              identical ? "equal (bit-identical outputs)" : "within the margin"));
      line("");
    }
  }

  private String row(QualityResult q) {
    return String.format(
        ROOT,
        "| %s | %s%s | %s → %s | %s %s | %s | %s | %s | %s%s |",
        q.verdict().sign(),
        severalCases ? q.metric().caseId() + " " : "",
        q.metric().score(),
        ComparisonFigures.score(q.change().baseline()),
        ComparisonFigures.score(q.change().candidate()),
        ComparisonFigures.signedScore(q.change().difference()),
        ComparisonFigures.scores(q.change().interval()),
        ComparisonFigures.p(q.adjustedP()),
        ComparisonFigures.score(q.margin()),
        q.change().examples(),
        ComparisonFigures.verdict(q.verdict(), q.metric().gated(), "worse", "better"),
        q.reason().isEmpty() ? "" : ": " + q.reason());
  }

  private void countsThatFail() {
    List<ExactResult> fail =
        comparison.findings().exact().stream()
            .filter(e -> e.gated() && e.verdict() == Verdict.REGRESSED)
            .toList();
    if (!fail.isEmpty()) {
      line("### Counts that grew");
      line("");
      text.append(COUNT_HEAD);
      fail.forEach(each -> line(row(each)));
      line("");
    }
  }

  private String row(ExactResult e) {
    return String.format(
        ROOT,
        "| %s | %s%s%s | %s | %s | %s%s |",
        e.verdict().sign(),
        severalCases ? e.caseId() + " " : "",
        e.name(),
        e.unit().isEmpty() ? "" : ", " + e.unit(),
        ComparisonFigures.count(e.baseline()),
        ComparisonFigures.count(e.candidate()),
        ComparisonFigures.verdict(e.verdict(), e.gated(), "grew", "fell"),
        e.reason().isEmpty() ? "" : ": " + e.reason());
  }

  private List<String> trust() {
    List<String> lines = new ArrayList<>(comparison.trust());
    comparison.findings().speed().stream()
        .filter(it -> it.metric().gated())
        .filter(s -> Double.isFinite(s.test().detectable()))
        .mapToDouble(it -> it.test().detectable())
        .max()
        .ifPresent(
            d ->
                lines.add(
                    "smallest slowdown found four times in five, at the worst gated metric: "
                        + Headline.percent(d)));
    Comparison.Setup setup = comparison.setup();
    lines.add(String.format(ROOT, "policy `%s`, α = %s", setup.policy(), setup.alpha()));
    return lines;
  }

  private void folded() {
    fold("Every stage and percentile", comparison.findings().speed(), SPEED_HEAD, this::row);
    fold(
        "Where the total's change comes from (p50)",
        comparison.findings().blame(),
        "| case | stage | change | interval |\n|---|---|---:|---|\n",
        b ->
            String.format(
                ROOT,
                "| %s | %s | %s | %s |",
                b.caseId(),
                b.stage(),
                ComparisonFigures.signedMillis(b.nanos()),
                BlameText.interval(b)));
    fold("Every score", comparison.findings().quality(), SCORE_HEAD, this::row);
    fold("Counts", comparison.findings().exact(), COUNT_HEAD, this::row);
    fold(
        "Not judged",
        comparison.findings().notJudged(),
        "| case | metric | why |\n|---|---|---|\n",
        n -> String.format(ROOT, "| %s | %s | %s |", n.caseId(), n.metric(), n.reason()));
    fold("Can it be trusted?", trust(), "", each -> "- " + each);
    fold(
        "The two sides",
        List.of("baseline", "candidate"),
        "| | run | measured | machine | software |\n|---|---|---|---|---|\n",
        this::side);
    line("Again: `" + comparison.command() + "`");
  }

  private String side(String role) {
    Side side =
        role.equals("baseline") ? comparison.setup().baseline() : comparison.setup().candidate();
    return String.format(
        ROOT,
        "| %s | %s (`%s`) | %s | %s | %s |",
        role,
        side.name(),
        side.place(),
        side.startedAt(),
        side.machine(),
        side.software());
  }

  private <T> void fold(String title, List<T> rows, String head, Function<T, String> row) {
    if (rows.isEmpty()) {
      return;
    }
    line("<details><summary>" + title + "</summary>");
    line("");
    text.append(head);
    rows.forEach(each -> line(row.apply(each)));
    line("");
    line("</details>");
    line("");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
