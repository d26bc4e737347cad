package io.stagemark.report.comparison;

import static java.util.Locale.ROOT;

import io.stagemark.config.gate.Policy.OnBlind;
import io.stagemark.data.PlainText;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.Outcome;
import io.stagemark.result.comparison.QualityResult;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.comparison.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * GitHub's workflow commands: a red line at the pull request for each gated REGRESSED, and one, red
 * or yellow as the policy says, where the comparison cannot tell.
 */
public final class Annotations {
  private Annotations() {}

  /** Returns the commands, one a line. */
  public static List<String> of(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    for (SpeedResult s : comparison.findings().speed()) {
      if (s.metric().gated() && s.verdict() == Verdict.REGRESSED) {
        lines.add(
            command(
                s.label() + " is slower",
                String.format(
                    ROOT,
                    "%s: %s to %s, %s %s",
                    s.metric().caseId(),
                    ComparisonFigures.millis(s.times().baselineNanos()),
                    ComparisonFigures.millis(s.times().candidateNanos()),
                    ComparisonFigures.change(s.times().change()),
                    ComparisonFigures.changes(s.times().interval()))));
      }
    }
    for (QualityResult q : comparison.findings().quality()) {
      if (q.metric().gated() && q.verdict() == Verdict.REGRESSED) {
        lines.add(
            command(
                q.metric().score() + " is worse",
                String.format(
                    ROOT,
                    "%s: %s to %s",
                    q.metric().caseId(),
                    ComparisonFigures.score(q.change().baseline()),
                    ComparisonFigures.score(q.change().candidate()))));
      }
    }
    for (ExactResult e : comparison.findings().exact()) {
      if (e.gated() && e.verdict() == Verdict.REGRESSED) {
        lines.add(
            command(
                e.name() + " grew",
                String.format(
                    ROOT,
                    "%s: %s to %s",
                    e.caseId(),
                    ComparisonFigures.count(e.baseline()),
                    ComparisonFigures.count(e.candidate()))));
      }
    }
    if (comparison.outcome() == Outcome.CANNOT_TELL
        && comparison.setup().onBlind() != OnBlind.PASS) {
      lines.add(
          (comparison.setup().onBlind() == OnBlind.FAIL ? "::error" : "::warning")
              + " title=Stagemark cannot tell::"
              + PlainText.annotation(Headline.sentence(comparison)));
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
