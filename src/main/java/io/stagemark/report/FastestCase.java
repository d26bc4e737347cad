package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.stats.RepeatInterval;
import io.stagemark.stats.RepeatInterval.Rating;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The sentence that answers a run: which case is the fastest, by how much, or that none is. */
public final class FastestCase {
  /** "No difference above so much" is an answer up to this; beyond it, nothing is known. */
  private static final double MAX_DIFFERENCE = 0.3;

  private FastestCase() {}

  private record Timed(String label, RepeatInterval perImage) {
    /** Returns how many times as fast this case is as a slower one. */
    RepeatInterval over(Timed slower) {
      return slower.perImage.over(perImage);
    }
  }

  /**
   * Returns the sentence from the total's p50 by image; empty for one case, where a case has no
   * interval, and under load, where latency depends on the rate.
   *
   * @param labels of the cases, in their order
   */
  public static Optional<String> sentence(RunResult result, List<String> labels) {
    List<Timed> cases = new ArrayList<>();
    for (int i = 0; i < result.cases().size(); i++) {
      CaseResult one = result.cases().get(i);
      Optional<RepeatInterval> total = PrecisionText.headline(one);
      if (total.isEmpty() || total.get().value() <= 0 || LoadText.isLoaded(one)) {
        return Optional.empty();
      }
      cases.add(new Timed(labels.get(i), total.get().scaled(1.0 / one.key().batch())));
    }
    if (cases.size() < 2) {
      return Optional.empty();
    }
    cases.sort(Comparator.comparingDouble(one -> one.perImage().value()));
    Timed fastest = cases.get(0);
    Timed next = cases.get(1);
    String first = against(fastest, next);
    Timed slowest = cases.get(cases.size() - 1);
    return Optional.of(
        cases.size() == 2 || fastest.over(slowest).low() <= 1
            ? first
            : first + "; " + times(fastest.over(slowest)) + " as fast as " + slowest.label());
  }

  private static String against(Timed fastest, Timed next) {
    RepeatInterval ratio = fastest.over(next);
    if (ratio.rating() == Rating.UNRATED) {
      return String.format(
          ROOT,
          "%s took less time than %s (%s times as fast), in too few trials for an interval",
          fastest.label(),
          next.label(),
          number(ratio.value()));
    }
    if (ratio.low() <= 1 && ratio.high() > 1 + MAX_DIFFERENCE) {
      return String.format(
          ROOT,
          "the trials differ too much to compare %s and %s (%s times as fast)",
          fastest.label(),
          next.label(),
          number(ratio.value()));
    }
    return ratio.low() > 1
        ? fastest.label() + " is " + times(ratio) + " as fast as " + next.label()
        : String.format(
            ROOT,
            "no difference above %.0f %% found between %s and %s",
            Math.ceil(100 * (ratio.high() - 1)),
            fastest.label(),
            next.label());
  }

  /** Returns such as {@code 2.6 to 2.8 times}. */
  private static String times(RepeatInterval ratio) {
    String low = number(ratio.low());
    String high = number(ratio.high());
    return (low.equals(high) ? low : low + " to " + high) + " times";
  }

  private static String number(double ratio) {
    return String.format(ROOT, ratio < 2 ? "%.2f" : ratio < 20 ? "%.1f" : "%.0f", ratio);
  }
}
