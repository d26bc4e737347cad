package io.stagemark.report.comparison;

import static java.util.Locale.ROOT;

import io.stagemark.result.comparison.Verdict;
import io.stagemark.stats.Interval;
import java.util.function.DoubleFunction;

/** Figures of a comparison as people read them. */
public final class ComparisonFigures {
  private ComparisonFigures() {}

  static String millis(double nanos) {
    if (!Double.isFinite(nanos)) {
      return "–";
    }
    double millis = nanos / 1e6;
    double size = Math.abs(millis);
    return String.format(ROOT, size < 0.1 ? "%.4f" : size < 10 ? "%.3f" : "%.2f", millis) + " ms";
  }

  static String signedMillis(double nanos) {
    return Double.isFinite(nanos) ? (nanos >= 0 ? "+" : "") + millis(nanos) : signed(nanos);
  }

  /** Returns a ratio as a percentage with its sign, such as {@code +4.1 %}. */
  static String change(double ratio) {
    return Double.isFinite(ratio) ? String.format(ROOT, "%+.1f %%", ratio * 100) : signed(ratio);
  }

  public static String changes(Interval interval) {
    return interval(interval, ComparisonFigures::change);
  }

  static String margin(double ratio) {
    return !Double.isFinite(ratio)
        ? "–"
        : String.format(ROOT, ratio < 10 ? "%.1f %%" : "%.0f %%", ratio * 100);
  }

  static String p(double p) {
    return Double.isNaN(p) ? "–" : p < 0.0001 ? "<0.0001" : String.format(ROOT, "%.4f", p);
  }

  static String score(double value) {
    return Double.isFinite(value) ? String.format(ROOT, "%.5g", value) : "–";
  }

  static String scores(Interval interval) {
    boolean open = !Double.isFinite(interval.low()) || !Double.isFinite(interval.high());
    return open ? "[–]" : interval(interval, ComparisonFigures::signedScore);
  }

  /** Returns an interval; one that holds every change says that nothing was judged. */
  static String interval(Interval interval, DoubleFunction<String> end) {
    // a ratio that may be anything is [-1, +infinity]
    boolean open = !Double.isFinite(interval.low()) || !Double.isFinite(interval.high());
    return open
        ? "[not judged]"
        : "[" + end.apply(interval.low()) + ", " + end.apply(interval.high()) + "]";
  }

  /**
   * Returns a verdict in a word. The words of the headline, which counts what is gated, are for
   * that alone: what only informs is described.
   */
  public static String verdict(Verdict verdict, boolean gated, String worse, String better) {
    if (gated) {
      return verdict.name();
    }
    String word =
        switch (verdict) {
          case REGRESSED -> worse;
          case IMPROVED -> better;
          case EQUIVALENT, INCONCLUSIVE -> verdict.name();
        };
    return word + " (informs)";
  }

  static String signedScore(double value) {
    return Double.isFinite(value) ? String.format(ROOT, "%+.4g", value) : signed(value);
  }

  /** Returns a whole number without a fraction. */
  static String count(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    return value == Math.rint(value)
        ? String.format(ROOT, "%.0f", value)
        : String.format(ROOT, "%.1f", value);
  }

  private static String signed(double value) {
    return Double.isNaN(value) ? "–" : value > 0 ? "+∞" : "−∞";
  }
}
