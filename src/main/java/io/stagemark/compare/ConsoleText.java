package io.stagemark.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** A comparison for a terminal, at most 100 columns but for long case ids and reasons. */
public final class ConsoleText {
  private ConsoleText() {}

  /** Returns the lines, the verdict last. */
  public static String of(Comparison comparison) {
    StringBuilder text = new StringBuilder();
    text.append(comparison.baseline().name())
        .append(" → ")
        .append(comparison.candidate().name())
        .append(" · policy ")
        .append(comparison.policy())
        .append('\n');
    String caseId = "";
    for (SpeedResult s : comparison.speed()) {
      if (!s.caseId().equals(caseId)) {
        caseId = s.caseId();
        text.append('\n').append(caseId).append(", ").append(s.units()).append('\n');
      }
      text.append(
          "%s %-16s %11s → %-11s %8s %-20s p %-7s %s%s\n"
              .formatted(
                  s.verdict().sign(),
                  s.label(),
                  Shown.millis(s.baselineNanos()),
                  Shown.millis(s.candidateNanos()),
                  Shown.change(s.change()),
                  Shown.changes(s.interval()),
                  Shown.p(s.adjustedP()),
                  s.verdict(),
                  s.gated() ? "" : " (informs)"));
    }
    if (!comparison.quality().isEmpty()) {
      text.append('\n');
    }
    for (QualityResult q : comparison.quality()) {
      text.append(
          "%s %-16s %11s → %-11s %8s %s%s%s\n"
              .formatted(
                  q.verdict().sign(),
                  q.score(),
                  Shown.score(q.baseline()),
                  Shown.score(q.candidate()),
                  Shown.signedScore(q.difference()),
                  q.verdict(),
                  q.gated() ? "" : " (informs)",
                  q.reason().isEmpty() ? "" : ": " + q.reason()));
    }
    comparison.exact().stream()
        .filter(e -> e.verdict() != Verdict.EQUIVALENT)
        .forEach(
            e ->
                text.append(
                    "%s %-16s %11s → %-11s %s%s%s\n"
                        .formatted(
                            e.verdict().sign(),
                            e.name(),
                            Shown.count(e.baseline()),
                            Shown.count(e.candidate()),
                            e.verdict(),
                            e.gated() ? "" : " (informs)",
                            e.reason().isEmpty() ? "" : ": " + e.reason())));
    notes(comparison).forEach(note -> text.append(note).append('\n'));
    return text.append('\n').append(VerdictLine.of(comparison)).append('\n').toString();
  }

  private static List<String> notes(Comparison comparison) {
    List<String> notes = new ArrayList<>(List.of(""));
    for (Difference each : comparison.differences()) {
      notes.add(
          "%s differs%s: %s → %s"
              .formatted(
                  Words.of(each.factor()),
                  each.allowed() ? "" : " and stops the verdict (policy: mayDiffer)",
                  each.baseline(),
                  each.candidate()));
    }
    comparison.failures().forEach(f -> notes.add("failed: " + f.lines().findFirst().orElse("")));
    comparison.blamed().forEach(b -> notes.add("blame: " + b));
    comparison.speed().stream()
        .filter(SpeedResult::gated)
        .map(SpeedResult::reason)
        .filter(reason -> !reason.isEmpty() && !reason.startsWith("could have"))
        .distinct()
        .forEach(reason -> notes.add("inconclusive: " + reason));
    comparison.notJudged().stream()
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
