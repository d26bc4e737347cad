package io.stagemark.compare;

import static java.util.Locale.ROOT;

import io.stagemark.stats.Interval;

/** Figures of a comparison as people read them. */
final class Shown {
  private Shown() {}

  static String millis(double nanos) {
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

  static String changes(Interval interval) {
    return "[" + change(interval.low()) + ", " + change(interval.high()) + "]";
  }

  static String margin(double ratio) {
    return String.format(ROOT, ratio < 10 ? "%.1f %%" : "%.0f %%", ratio * 100);
  }

  static String p(double p) {
    return p < 0.0001 ? "<0.0001" : String.format(ROOT, "%.4f", p);
  }

  static String score(double value) {
    return Double.isFinite(value) ? String.format(ROOT, "%.5g", value) : "–";
  }

  static String scores(Interval interval) {
    return "[" + signedScore(interval.low()) + ", " + signedScore(interval.high()) + "]";
  }

  static String signedScore(double value) {
    return Double.isFinite(value) ? String.format(ROOT, "%+.4g", value) : signed(value);
  }

  /** Returns a whole number without a fraction. */
  static String count(double value) {
    return value == Math.rint(value)
        ? String.format(ROOT, "%.0f", value)
        : String.format(ROOT, "%.1f", value);
  }

  private static String signed(double value) {
    return Double.isNaN(value) ? "–" : value > 0 ? "+∞" : "−∞";
  }
}
