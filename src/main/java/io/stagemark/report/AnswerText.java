package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.Stage;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.Parity;
import io.stagemark.result.RunResult;
import io.stagemark.stats.Distribution;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The sentence that answers a run: of several cases the fastest, of one its time. */
public final class AnswerText {
  private AnswerText() {}

  /**
   * Returns {@link FastestCase}'s sentence where there is one, else the time of the first case that
   * has a median; why there is none if none has. It ends with a full stop.
   *
   * @param labels of the cases, in their order
   */
  public static String sentence(RunResult result, List<String> labels) {
    Optional<String> fastest = FastestCase.sentence(result, labels);
    if (fastest.isPresent()) {
      return capital(fastest.get()) + ".";
    }
    for (int i = 0; i < result.cases().size(); i++) {
      CaseResult one = result.cases().get(i);
      OptionalDouble total = medianNanos(one.stage(Stage.TOTAL.label()));
      if (total.isPresent()) {
        return time(one, labels.get(i), total.getAsDouble());
      }
    }
    if (result.isScoredOnly()) {
      return "Scored in shards; nothing was timed.";
    }
    return result.status() == RunResult.Status.RUNNING
        ? "No case has enough batches for a median yet."
        : "No case has figures: none was measured well enough for a median.";
  }

  /** Names of engines are written as they are; a sentence of words begins with a capital. */
  private static String capital(String sentence) {
    return sentence.startsWith("the ") || sentence.startsWith("no ")
        ? Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1)
        : sentence;
  }

  private static String time(CaseResult one, String label, double nanos) {
    String precision =
        PrecisionText.headline(one).map(h -> " (" + PrecisionText.plusMinus(h) + ")").orElse("");
    OptionalDouble forward = medianNanos(one.stage(Stage.FORWARD.label()));
    String share =
        forward.isPresent() && nanos > 0
            ? String.format(ROOT, ", %.0f %% of it in forward", 100 * forward.getAsDouble() / nanos)
            : "";
    Optional<Distribution> latency =
        one.timed().load().map(LoadFigures::times).flatMap(LoadFigures.QueueTimes::latency);
    String wait =
        medianNanos(latency).isPresent()
            ? String.format(
                ROOT,
                "; with its wait, half of the batches take up to %s ms",
                Figures.millis(latency, 50))
            : "";
    return String.format(
        ROOT,
        "%s takes %s ms%s %s%s%s.",
        label,
        Figures.millis(nanos),
        precision,
        one.key().batch() == 1 ? "for an image" : "for a batch of " + one.key().batch(),
        share,
        wait);
  }

  private static OptionalDouble medianNanos(Optional<Distribution> times) {
    return times.isPresent() && times.get().quantile(50).nanos().isPresent()
        ? OptionalDouble.of((double) times.get().quantile(50).nanos().getAsLong())
        : OptionalDouble.empty();
  }

  /** Returns how far the engines' outputs are apart; empty where they were not compared. */
  static String agreement(RunResult result) {
    if (result.parity().isEmpty()) {
      return "";
    }
    double largest =
        result.parity().stream()
            .mapToDouble(Parity::maxAbsoluteDifference)
            .reduce(0, Math::max); // NaN if one is
    return Double.isNaN(largest)
        ? "; one engine's outputs are NaN where another's are numbers"
        : "; outputs differ by at most " + Figures.difference(largest);
  }
}
