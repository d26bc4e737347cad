package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.Precision;
import io.stagemark.result.RunResult;
import io.stagemark.result.Validity.Code;
import io.stagemark.result.Validity.Reason;
import io.stagemark.stats.RepeatInterval;
import io.stagemark.stats.RepeatInterval.Rating;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** How precise a case's figures are, and what limits it: for the console and Markdown. */
public final class PrecisionText {
  private PrecisionText() {}

  /** Returns the interval of the headline; empty for a case without one, and for an older file. */
  public static Optional<RepeatInterval> headline(CaseResult one) {
    return one.proof().flatMap(CaseProof::precision).flatMap(Precision::headline);
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

  /** Returns the section of the page; empty for a result without intervals. */
  static String section(RunResult result) {
    StringBuilder rows = new StringBuilder();
    StringBuilder causes = new StringBuilder();
    for (CaseResult one : result.cases()) {
      one.proof()
          .flatMap(CaseProof::precision)
          .ifPresent(precision -> rows.append(rows(one.id(), precision)));
      for (Reason cause : causes(one)) {
        causes.append(
            String.format(
                ROOT,
                "| %s | %s | %s | %s |\n",
                one.id(),
                cause.code().words(),
                cause.found(),
                cause.recommendation()));
      }
    }
    if (rows.isEmpty()) {
      return "";
    }
    return "\n## Precision\n\n"
        + "95 % intervals that take in the differences between trials: another run should settle in"
        + " them.\nFine is at most ±2 %, good ±5 %, rough ±15 %, coarse beyond; fewer than 3 trials"
        + " are unrated.\n\n"
        + "| | total | value | interval | | |\n|---|---|---:|---:|---:|---|\n"
        + rows
        + (causes.isEmpty()
            ? ""
            : "\nWhat widens them, the largest first:\n\n| | cause | found | what would help |\n"
                + "|---|---|---|---|\n"
                + causes);
  }

  private static String rows(String id, Precision precision) {
    StringBuilder rows = new StringBuilder();
    precision
        .totalNanos()
        .forEach(
            (statistic, interval) ->
                rows.append(row(id, statistic + " in ms", interval, Figures::millis)));
    precision
        .framesPerSecond()
        .ifPresent(rate -> rows.append(row(id, "FPS", rate, fps -> Figures.fps(Optional.of(fps)))));
    return rows.toString();
  }

  private static String row(
      String id, String statistic, RepeatInterval interval, DoubleFunction<String> number) {
    return String.format(
        ROOT,
        "| %s | %s | %s | %s to %s | %s | %s |\n",
        id,
        statistic,
        number.apply(interval.value()),
        number.apply(interval.low()),
        number.apply(interval.high()),
        plusMinus(interval),
        rating(interval));
  }
}
