package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Precision;
import io.stagemark.result.RunResult;
import io.stagemark.result.Validity.Code;
import io.stagemark.result.Validity.Reason;
import io.stagemark.stats.RepeatInterval;
import io.stagemark.stats.RepeatInterval.Rating;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How precise a case's figures are, and what limits it: in words. */
public final class PrecisionText {
  private PrecisionText() {}

  /** Returns the interval of the headline; empty for a case without one, and for an older file. */
  public static Optional<RepeatInterval> headline(CaseResult one) {
    return one.proof().flatMap(CaseProof::precision).flatMap(Precision::headline);
  }

  /** Returns the interval of the headline if it is of trials enough for one: others print ±?. */
  public static Optional<RepeatInterval> ratedHeadline(CaseResult one) {
    return headline(one).filter(interval -> interval.rating() != Rating.UNRATED);
  }

  /** Returns such as {@code ±4 %}; of too few trials, {@code ±?}. */
  public static String plusMinus(RepeatInterval interval) {
    if (interval.rating() == Rating.UNRATED) {
      return "±?";
    }
    double percent = 100 * interval.halfWidth();
    return String.format(ROOT, percent < 0.95 ? "±%.1f %%" : "±%.0f %%", percent);
  }

  /** Returns such as {@code good}. */
  public static String rating(RepeatInterval interval) {
    return interval.rating().name().toLowerCase(ROOT);
  }

  /**
   * Returns lines, not wrapped, for each case that is not known to within ±2 %: its largest cause,
   * or all.
   *
   * @param labels of the cases, in their order
   */
  public static List<String> limits(RunResult result, List<String> labels, boolean all) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < result.cases().size(); i++) {
      CaseResult one = result.cases().get(i);
      Optional<RepeatInterval> headline = headline(one);
      String label = labels.get(i);
      if (all || headline.filter(h -> h.rating() == Rating.FINE).isEmpty()) {
        String text = headline.map(h -> " (" + plusMinus(h) + ", " + rating(h) + ")").orElse("");
        causes(one).stream()
            .limit(all ? Integer.MAX_VALUE : missed(one) && isRated(headline) ? 2 : 1)
            .forEach(
                cause -> {
                  lines.add("limits the precision of " + label + text + ": " + cause.found());
                  lines.add("  try: " + cause.recommendation());
                });
      }
    }
    return lines;
  }

  /** Too few trials are cause enough. */
  private static boolean isRated(Optional<RepeatInterval> headline) {
    return headline.filter(h -> h.rating() != Rating.UNRATED).isPresent();
  }

  private static boolean missed(CaseResult one) {
    return causes(one).stream().anyMatch(cause -> cause.code() == Code.PRECISION_MISSED);
  }

  private static List<Reason> causes(CaseResult one) {
    return one.proof().flatMap(CaseProof::precision).map(Precision::causes).orElse(List.of());
  }
}
