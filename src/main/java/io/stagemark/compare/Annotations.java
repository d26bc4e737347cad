package io.stagemark.compare;

import io.stagemark.data.PlainText;
import java.util.ArrayList;
import java.util.List;

/**
 * GitHub's workflow commands: a red line at the pull request for each gated REGRESSED, and for
 * nothing else.
 */
public final class Annotations {
  private Annotations() {}

  /** Returns the commands, one a line. */
  public static List<String> of(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    for (SpeedResult s : comparison.speed()) {
      if (s.gated() && s.verdict() == Verdict.REGRESSED) {
        lines.add(
            command(
                s.label() + " is slower",
                "%s: %s to %s, %s %s"
                    .formatted(
                        s.caseId(),
                        Shown.millis(s.baselineNanos()),
                        Shown.millis(s.candidateNanos()),
                        Shown.change(s.change()),
                        Shown.changes(s.interval()))));
      }
    }
    for (QualityResult q : comparison.quality()) {
      if (q.gated() && q.verdict() == Verdict.REGRESSED) {
        lines.add(
            command(
                q.score() + " is worse",
                "%s: %s to %s"
                    .formatted(q.caseId(), Shown.score(q.baseline()), Shown.score(q.candidate()))));
      }
    }
    for (ExactResult e : comparison.exact()) {
      if (e.gated() && e.verdict() == Verdict.REGRESSED) {
        lines.add(
            command(
                e.name() + " grew",
                "%s: %s to %s"
                    .formatted(e.caseId(), Shown.count(e.baseline()), Shown.count(e.candidate()))));
      }
    }
    return lines;
  }

  private static String command(String title, String message) {
    return "::error title="
        + PlainText.annotationProperty(title)
        + "::"
        + PlainText.annotation(message);
  }
}
