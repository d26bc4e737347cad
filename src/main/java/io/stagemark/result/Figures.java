package io.stagemark.result;

import static java.util.Locale.ROOT;

import io.stagemark.stats.Distribution;
import io.stagemark.stats.Quantile;
import io.stagemark.stats.QuantileInterval;
import java.util.Optional;

/** Numbers as people read them: nanoseconds become ms, counts G; what is absent is a dash. */
public final class Figures {
  /** Printed where a figure is absent. */
  public static final String ABSENT = "–";

  private Figures() {}

  /** Returns a time in ms, two decimals; more for one below 0.1 ms. */
  public static String millis(double nanos) {
    double millis = nanos / 1e6;
    double size = Math.abs(millis);
    // The harness's own gap is a few hundred nanoseconds: two decimals would show it as nothing.
    return String.format(ROOT, size < 0.001 ? "%.6f" : size < 0.1 ? "%.4f" : "%.2f", millis);
  }

  /** Returns a percentile in ms, or a dash. */
  public static String millis(Optional<Distribution> times, double percent) {
    return times
        .map(t -> t.quantile(percent))
        .filter(q -> q.nanos().isPresent())
        .map(q -> millis((double) q.nanos().orElseThrow()))
        .orElse(ABSENT);
  }

  /** Returns the percentile in ms with its interval, or why there is none. */
  public static String millisOrReason(Distribution times, Quantile quantile) {
    return quantile.nanos().isPresent()
        ? millis((double) quantile.nanos().orElseThrow())
            + quantile.interval().map(Figures::brackets).orElse("")
        : quantile.reason(times.count());
  }

  private static String brackets(QuantileInterval interval) {
    return " ["
        + millis((double) interval.lowNanos())
        + ", "
        + millis((double) interval.highNanos())
        + "]";
  }

  /** Returns a count in units of 10⁹. */
  public static String giga(long count) {
    return String.format(ROOT, count < 1e8 ? "%.4f" : "%.2f", count / 1e9);
  }

  /** Returns images a second, or a dash. */
  public static String fps(Optional<Double> framesPerSecond) {
    return framesPerSecond
        .map(fps -> String.format(ROOT, fps < 100 ? "%.1f" : "%.0f", fps))
        .orElse(ABSENT);
  }

  /** Returns a score, or a dash for NaN, which is a score that is not defined. */
  public static String score(double value) {
    return Double.isNaN(value) ? ABSENT : String.format(ROOT, "%.4f", value);
  }

  /** Returns a difference of outputs, two significant digits. */
  public static String difference(double value) {
    return String.format(ROOT, "%.1e", value);
  }
}
