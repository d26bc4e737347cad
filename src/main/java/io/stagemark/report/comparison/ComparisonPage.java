package io.stagemark.report.comparison;

import static java.util.Locale.ROOT;

import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Advice;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.report.page.Block.Chip;
import io.stagemark.report.page.Block.Column;
import io.stagemark.report.page.Block.Row;
import io.stagemark.report.page.Block.Table;
import io.stagemark.report.page.Block.Tone;
import io.stagemark.report.page.Page;
import io.stagemark.report.page.Section;
import io.stagemark.result.comparison.BlindSpot;
import io.stagemark.result.comparison.Change;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.Difference;
import io.stagemark.result.comparison.NotJudged;
import io.stagemark.result.comparison.Outcome;
import io.stagemark.result.comparison.SpeedResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sections of a comparison's page: the verdict first, then what it rests on. */
final class ComparisonPage {
  private final Comparison comparison;
  private final boolean severalCases;

  private final Optional<Block> pairs;

  private ComparisonPage(Comparison comparison, Optional<Block> pairs) {
    this.comparison = comparison;
    this.pairs = pairs;
    this.severalCases = comparison.severalCases();
  }

  /**
   * Returns the page.
   *
   * @param pairs chart of the pairs, where there is one
   */
  static Page of(Comparison comparison, Optional<Block> pairs) {
    ComparisonPage page = new ComparisonPage(comparison, pairs);
    ComparisonTables tables = new ComparisonTables(comparison);
    List<Section> sections = new ArrayList<>();
    sections.add(page.answer());
    page.times().ifPresent(sections::add);
    page.blame().ifPresent(sections::add);
    tables.quality().ifPresent(sections::add);
    tables.counts().ifPresent(sections::add);
    sections.add(tables.sides());
    sections.add(page.trust());
    String base = comparison.setup().baseline().name();
    String next = comparison.setup().candidate().name();
    String heading = withoutRemark(base) + " → " + withoutRemark(next);
    return new Page(
        heading + " · Stagemark",
        heading,
        comparison.setup().kind() == Comparison.Origin.LIVE
            ? "two sides that took turns on one machine: " + base + " → " + next
            : "two stored runs",
        sections,
        Optional.empty(),
        "From comparison.json of schema "
            + comparison.schemaVersion()
            + ". Change is candidate over baseline, less 1; intervals hold 95 %.");
  }

  /** A gate's side has its settings behind its name. */
  private static String withoutRemark(String name) {
    return name.replaceFirst("(?s) \\(.*\\)$", "");
  }

  private Section answer() {
    Outcome outcome = comparison.outcome();
    List<Chip> chips = new ArrayList<>(List.of(new Chip(tone(outcome), outcome.text())));
    if (!comparison.failures().isEmpty()) {
      chips.add(new Chip(Tone.BAD, comparison.failures().size() + " failed"));
    }
    List<String> facts =
        List.of(
            VerdictLine.of(comparison),
            String.format(
                ROOT,
                "policy %s: a false REGRESSED among the gated metrics has a chance of %.0f %%",
                comparison.setup().policy(),
                100 * comparison.setup().alpha()));
    List<Advice> advice = new ArrayList<>();
    for (BlindSpot spot : comparison.findings().blind()) {
      advice.add(new Advice(Tone.DOUBTFUL, Headline.blind(spot, severalCases), ""));
    }
    for (Difference each : comparison.differences()) {
      advice.add(
          new Advice(
              each.allowed() ? Tone.PLAIN : Tone.DOUBTFUL,
              String.format(
                  ROOT,
                  "%s differs: %s → %s",
                  each.factor().key(),
                  each.baseline(),
                  each.candidate()),
              each.allowed() ? "" : "measure both alike, or allow it (policy: mayDiffer)"));
    }
    comparison
        .failures()
        .forEach(f -> advice.add(new Advice(Tone.BAD, f.lines().findFirst().orElse(""), "")));
    comparison.findings().speed().stream()
        .filter(it -> it.metric().gated())
        .map(SpeedResult::reason)
        .filter(reason -> !reason.isEmpty() && !reason.startsWith("could have"))
        .distinct()
        .forEach(reason -> advice.add(new Advice(Tone.DOUBTFUL, reason, "")));
    return new Section(
        "answer",
        "Verdict",
        "",
        List.of(new Block.Answer(sentence(), chips, facts, advice), changes()));
  }

  private Block changes() {
    List<Change> changes = comparison.setup().changes();
    return new Table(
        "what changed",
        List.of(Column.text("what changed"), Column.text("baseline"), Column.text("candidate")),
        changes.isEmpty()
            ? List.of(Row.of(List.of("nothing that is recorded", "", "")))
            : changes.stream()
                .map(each -> Row.of(List.of(each.what(), each.baseline(), each.candidate())))
                .toList(),
        false);
  }

  /** What a reader wants to know first. */
  private String sentence() {
    String blame =
        comparison.outcome() == Outcome.REGRESSED
            ? BlameText.of(comparison).stream().findFirst().map(text -> "; from " + text).orElse("")
            : "";
    return Headline.of(comparison) + blame + ".";
  }

  private static Tone tone(Outcome outcome) {
    return switch (outcome) {
      case REGRESSED, NOT_FINISHED -> Tone.BAD;
      case IMPROVED, NO_REGRESSION -> Tone.GOOD;
      case CANNOT_TELL -> Tone.DOUBTFUL;
    };
  }

  private String name(SpeedResult result) {
    return severalCases ? result.metric().caseId() + " " + result.label() : result.label();
  }

  private Optional<Section> times() {
    List<SpeedResult> speed = comparison.findings().speed();
    if (speed.isEmpty()) {
      return Optional.empty();
    }
    List<Block> blocks = new ArrayList<>();
    Map<Integer, List<SpeedResult>> byPercentile =
        speed.stream()
            .collect(
                Collectors.groupingBy(
                    it -> it.metric().percentile(), LinkedHashMap::new, Collectors.toList()));
    byPercentile.forEach(
        (percentile, results) ->
            ChangeFigures.forest(percentile, results, this::stage).ifPresent(blocks::add));
    ChangeFigures.shift(speed).ifPresent(blocks::add);
    pairs.ifPresent(blocks::add);
    List<Column> columns =
        List.of(
            Column.text("time"),
            Column.text("verdict"),
            Column.number("baseline, ms"),
            Column.number("candidate, ms"),
            Column.number("change"),
            Column.text("95 % interval"),
            Column.number("margin"),
            Column.number("would find"),
            Column.number("adjusted p"),
            Column.text("units"));
    blocks.add(new Table("every time", columns, speed.stream().map(this::timeRow).toList(), true));
    return Optional.of(
        new Section(
            "times",
            "Times",
            "The band is the margin: changes inside it count as the same.",
            blocks));
  }

  private String stage(SpeedResult result) {
    return severalCases
        ? result.metric().caseId() + " " + result.metric().stage()
        : result.metric().stage();
  }

  private Row timeRow(SpeedResult s) {
    return new Row(
        List.of(
            Cell.of(name(s)),
            Cell.of(
                s.verdict().sign()
                    + " "
                    + ComparisonFigures.verdict(
                        s.verdict(), s.metric().gated(), "slower", "faster")),
            milli(s.times().baselineNanos()),
            milli(s.times().candidateNanos()),
            Cell.of(ComparisonFigures.change(s.times().change()), s.times().change()),
            Cell.of(ComparisonFigures.changes(s.times().interval())),
            Cell.of(ComparisonFigures.margin(s.test().margin()), s.test().margin()),
            Cell.of(ComparisonFigures.margin(s.test().detectable()), s.test().detectable()),
            Cell.of(ComparisonFigures.p(s.test().adjustedP()), s.test().adjustedP()),
            Cell.of(s.metric().units())));
  }

  private static Cell milli(double nanos) {
    return Cell.of(ComparisonFigures.millis(nanos).replace(" ms", ""), nanos);
  }

  private Optional<Section> blame() {
    return ChangeFigures.blame(comparison.findings().blame(), severalCases)
        .map(
            figure -> {
              List<Block> blocks = new ArrayList<>(List.of(figure));
              List<String> lines = BlameText.of(comparison);
              if (!lines.isEmpty()) {
                blocks.add(0, new Block.Items(lines));
              }
              return new Section(
                  "blame",
                  "Where the change is",
                  lines.isEmpty() ? "No time regressed." : "Stages that regressed themselves.",
                  blocks);
            });
  }

  private String ofCase(String caseId) {
    return severalCases ? caseId + " " : "";
  }

  private Section trust() {
    List<Block> blocks = new ArrayList<>();
    if (!comparison.trust().isEmpty()) {
      blocks.add(new Block.Items(comparison.trust()));
    }
    Map<String, List<String>> notJudged =
        comparison.findings().notJudged().stream()
            .collect(
                Collectors.groupingBy(
                    NotJudged::reason,
                    LinkedHashMap::new,
                    Collectors.mapping(
                        it -> ofCase(it.caseId()) + it.metric(), Collectors.toList())));
    if (!notJudged.isEmpty()) {
      blocks.add(new Block.Heading("Not judged"));
      blocks.add(
          new Block.Items(
              notJudged.entrySet().stream()
                  .map(each -> String.join(", ", each.getValue()) + ": " + each.getKey())
                  .toList()));
    }
    for (String failure : comparison.failures()) {
      blocks.add(new Block.Code("a trial that failed", failure));
    }
    blocks.add(
        new Block.Commands(
            List.of(new Block.Command("makes this comparison again", comparison.command()))));
    return new Section("trust", "What it rests on", "", blocks);
  }
}
