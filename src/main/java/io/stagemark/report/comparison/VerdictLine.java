package io.stagemark.report.comparison;

import static java.util.Locale.ROOT;

import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.Verdict;
import java.util.ArrayList;
import java.util.List;

/** How many gated metrics have which verdict, in a line. */
public final class VerdictLine {
  private VerdictLine() {}

  /**
   * Returns such as {@code 1 regressed · 0 improved · 14 equivalent · 3 inconclusive — action
   * needed: yes}: counts of the gated metrics.
   */
  public static String of(Comparison comparison) {
    List<String> counts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      counts.add(comparison.count(verdict) + " " + verdict.name().toLowerCase(ROOT));
    }
    return String.join(" · ", counts)
        + " — action needed: "
        + (Headline.asksForAction(comparison) ? "yes" : "no");
  }
}
