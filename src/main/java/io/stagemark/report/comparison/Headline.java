package io.stagemark.report.comparison;

import static java.util.Locale.ROOT;

import io.stagemark.config.gate.Policy.OnBlind;
import io.stagemark.result.comparison.BlindSpot;
import io.stagemark.result.comparison.Change;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.Outcome;
import io.stagemark.result.comparison.QualityResult;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.comparison.Verdict;
import java.util.List;
import java.util.stream.Stream;

/** The sentence that a comparison begins with. */
public final class Headline {
  private static final int MAX_NAMED = 3;

  private Headline() {}

  /**
   * Returns such as {@code CANNOT TELL: would have missed anything below +77 % in decode p95}, the
   * outcome's words first.
   */
  public static String of(Comparison comparison) {
    return comparison.outcome().text() + ": " + sentence(comparison);
  }

  /** Returns what follows the outcome's words. */
  static String sentence(Comparison comparison) {
    String said =
        switch (comparison.outcome()) {
          case NOT_FINISHED ->
              comparison.failures().get(0).lines().findFirst().orElse("a trial failed");
          case REGRESSED -> flagged(comparison, Verdict.REGRESSED);
          case IMPROVED -> flagged(comparison, Verdict.IMPROVED);
          case CANNOT_TELL -> missed(comparison);
          case NO_REGRESSION -> found(comparison);
        };
    return comparison.setup().isSelfCheck()
        ? said + "; both sides are the same (a self-check, or a mistake in the config)"
        : said;
  }

  private static String flagged(Comparison comparison, Verdict verdict) {
    boolean several = comparison.severalCases();
    List<String> all =
        Stream.of(
                comparison.findings().speed().stream()
                    .filter(s -> s.metric().gated() && s.verdict() == verdict)
                    .map(
                        s ->
                            ofCase(several, s.metric().caseId())
                                + s.label()
                                + " "
                                + ComparisonFigures.change(s.times().change())),
                comparison.findings().quality().stream()
                    .filter(q -> q.metric().gated() && q.verdict() == verdict)
                    .map(q -> ofCase(several, q.metric().caseId()) + quality(q)),
                comparison.findings().exact().stream()
                    .filter(e -> e.gated() && e.verdict() == verdict)
                    .map(e -> ofCase(several, e.caseId()) + count(e)))
            .flatMap(each -> each)
            .toList();
    String more = all.size() > MAX_NAMED ? " and " + (all.size() - MAX_NAMED) + " more" : "";
    return String.join(", ", all.subList(0, Math.min(MAX_NAMED, all.size()))) + more;
  }

  private static String quality(QualityResult q) {
    return String.format(
        ROOT,
        "%s %s → %s",
        q.metric().score(),
        ComparisonFigures.score(q.change().baseline()),
        ComparisonFigures.score(q.change().candidate()));
  }

  private static String count(ExactResult e) {
    return String.format(
        ROOT,
        "%s %s → %s",
        e.name(),
        ComparisonFigures.count(e.baseline()),
        ComparisonFigures.count(e.candidate()));
  }

  private static String ofCase(boolean several, String caseId) {
    return several ? caseId + " " : "";
  }

  private static String missed(Comparison comparison) {
    BlindSpot worst = comparison.findings().blind().get(0);
    return Double.isFinite(worst.detectable())
        ? String.format(
            ROOT,
            "would have missed anything below %s in %s (to be found: %s)",
            percent(worst.detectable()),
            worst.metric(),
            percent(worst.mustFind()))
        : worst.metric() + " has no verdict: " + worst.reason();
  }

  private static String found(Comparison comparison) {
    List<SpeedResult> gated =
        comparison.findings().speed().stream().filter(s -> s.metric().gated()).toList();
    List<SpeedResult> all = comparison.findings().speed();
    // of the total: half of a stage that takes a microsecond is nothing that anybody waits for
    double detectable =
        gated.stream()
            .filter(s -> s.verdict() == Verdict.INCONCLUSIVE)
            .mapToDouble(s -> s.test().detectable() * Math.min(1, s.partOfTotal(all).orElse(1)))
            .max()
            .orElse(0);
    return gated.isEmpty()
        ? "no time is gated that was judged"
        : detectable == 0
            ? "every gated time is within its margin"
            : "a slowdown by "
                + percent(detectable)
                + " of the total would have been found in any gated time";
  }

  /** Returns a slowdown as a percentage, such as {@code +4.2 %}. */
  static String percent(double ratio) {
    return String.format(ROOT, ratio < 0.1 ? "%+.1f %%" : "%+.0f %%", ratio * 100);
  }

  /** Returns a blind spot in a line: what, how blind, why, and what would help. */
  static String blind(BlindSpot spot, boolean severalCases) {
    String finds =
        Double.isFinite(spot.detectable())
            ? String.format(
                ROOT,
                "finds %s, has to find %s",
                percent(spot.detectable()),
                percent(spot.mustFind()))
            : spot.reason();
    return ofCase(severalCases, spot.caseId())
        + spot.metric()
        + ": "
        + finds
        + "; try: "
        + spot.help();
  }

  /** Returns what changed in a line. */
  static String change(Change change) {
    return change.what() + ": " + value(change.baseline()) + " → " + value(change.candidate());
  }

  private static String value(String text) {
    return text.isEmpty() ? "(none)" : text;
  }

  /** Returns whether people have to do something. */
  static boolean asksForAction(Comparison comparison) {
    Outcome outcome = comparison.outcome();
    return outcome == Outcome.REGRESSED
        || outcome == Outcome.NOT_FINISHED
        || (outcome == Outcome.CANNOT_TELL && comparison.setup().onBlind() != OnBlind.PASS);
  }
}
