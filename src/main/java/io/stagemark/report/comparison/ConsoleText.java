package io.stagemark.report.comparison;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.result.comparison.Change;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.Difference;
import io.stagemark.result.comparison.NotJudged;
import io.stagemark.result.comparison.QualityResult;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.result.file.RecordTexts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** A comparison for a terminal, at most 100 columns but for long case ids and reasons. */
public final class ConsoleText {
  private static final int MAX_BLIND = 5;

  private ConsoleText() {}

  /** Returns the lines, the verdict last. */
  public static String of(Comparison raw) {
    Comparison comparison = RecordTexts.map(raw, PlainText::line);
    StringBuilder text = new StringBuilder();
    text.append(comparison.setup().baseline().name())
        .append(" → ")
        .append(comparison.setup().candidate().name())
        .append(" · policy ")
        .append(comparison.setup().policy())
        .append('\n');
    changes(comparison).forEach(line -> text.append(line).append('\n'));
    String caseId = "";
    for (SpeedResult s : comparison.findings().speed()) {
      if (!s.metric().caseId().equals(caseId)) {
        caseId = s.metric().caseId();
        text.append('\n').append(caseId).append(", ").append(s.metric().units()).append('\n');
      }
      text.append(
          String.format(
              ROOT,
              "%s %-16s %11s → %-11s %8s %-20s p %-7s %s\n",
              s.verdict().sign(),
              s.label(),
              ComparisonFigures.millis(s.times().baselineNanos()),
              ComparisonFigures.millis(s.times().candidateNanos()),
              ComparisonFigures.change(s.times().change()),
              ComparisonFigures.changes(s.times().interval()),
              ComparisonFigures.p(s.test().adjustedP()),
              ComparisonFigures.verdict(s.verdict(), s.metric().gated(), "slower", "faster")));
    }
    if (!comparison.findings().quality().isEmpty()) {
      text.append('\n');
    }
    for (QualityResult q : comparison.findings().quality()) {
      text.append(
          String.format(
              ROOT,
              "%s %-16s %11s → %-11s %8s %s%s\n",
              q.verdict().sign(),
              ofCase(comparison, q.metric().caseId()) + q.metric().score(),
              ComparisonFigures.score(q.change().baseline()),
              ComparisonFigures.score(q.change().candidate()),
              ComparisonFigures.signedScore(q.change().difference()),
              ComparisonFigures.verdict(q.verdict(), q.metric().gated(), "worse", "better"),
              q.reason().isEmpty() ? "" : ": " + q.reason()));
    }
    comparison.findings().exact().stream()
        .filter(e -> e.verdict() != Verdict.EQUIVALENT)
        .forEach(
            e ->
                text.append(
                    String.format(
                        ROOT,
                        "%s %-16s %11s → %-11s %s%s\n",
                        e.verdict().sign(),
                        ofCase(comparison, e.caseId()) + e.name(),
                        ComparisonFigures.count(e.baseline()),
                        ComparisonFigures.count(e.candidate()),
                        ComparisonFigures.verdict(e.verdict(), e.gated(), "grew", "fell"),
                        e.reason().isEmpty() ? "" : ": " + e.reason())));
    notes(raw, comparison).forEach(note -> text.append(note).append('\n'));
    return text.append('\n')
        .append(Headline.of(comparison))
        .append('\n')
        .append(VerdictLine.of(comparison))
        .append('\n')
        .toString();
  }

  /** Returns what changed, a line each. */
  public static List<String> changes(Comparison comparison) {
    return changes(comparison.setup().changes());
  }

  /** Returns changes, a line each; one line where there are none. */
  public static List<String> changes(List<Change> changes) {
    return changes.isEmpty()
        ? List.of("what changed: nothing that is recorded")
        : changes.stream()
            .map(each -> "what changed: " + PlainText.line(Headline.change(each)))
            .toList();
  }

  /** Times have a heading for each case; other rows carry it where there are several. */
  private static String ofCase(Comparison comparison, String caseId) {
    return comparison.severalCases() ? caseId + " " : "";
  }

  private static List<String> notes(Comparison raw, Comparison comparison) {
    List<String> notes = new ArrayList<>(List.of(""));
    for (Difference each : comparison.differences()) {
      notes.add(
          String.format(
              ROOT,
              "%s differs%s: %s → %s",
              each.factor().key(),
              each.allowed() ? "" : " and stops the verdict (policy: mayDiffer)",
              each.baseline(),
              each.candidate()));
    }
    raw.failures()
        .forEach(f -> notes.add("failed: " + PlainText.line(f.lines().findFirst().orElse(""))));
    BlameText.of(comparison).forEach(b -> notes.add("blame: " + b));
    comparison.findings().blind().stream()
        .map(spot -> "blind: " + Headline.blind(spot, comparison.severalCases()))
        .distinct()
        .limit(MAX_BLIND)
        .forEach(notes::add);
    if (comparison.findings().blind().size() > MAX_BLIND) {
      notes.add("blind: in " + (comparison.findings().blind().size() - MAX_BLIND) + " more");
    }
    comparison.findings().speed().stream()
        .filter(it -> it.metric().gated())
        .map(SpeedResult::reason)
        .filter(reason -> !reason.isEmpty() && !reason.startsWith("could have"))
        .distinct()
        .forEach(reason -> notes.add("inconclusive: " + reason));
    comparison.findings().notJudged().stream()
        .collect(
            Collectors.groupingBy(
                NotJudged::reason,
                LinkedHashMap::new,
                Collectors.mapping(NotJudged::metric, Collectors.toCollection(LinkedHashSet::new))))
        .forEach(
            (reason, metrics) ->
                notes.add("not judged: " + String.join(", ", metrics) + "; " + reason));
    return notes.size() == 1 ? List.of() : notes;
  }
}
