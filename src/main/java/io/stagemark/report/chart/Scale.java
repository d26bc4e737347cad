package io.stagemark.report.chart;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.List;

/**
 * From a number to a place in a picture.
 *
 * @param kind how distances grow
 * @param low number at {@code fromPx}
 * @param high number at {@code toPx}, above {@code low}
 * @param fromPx place of {@code low}; may be larger than {@code toPx}, as y grows downwards
 * @param toPx place of {@code high}
 */
public record Scale(Kind kind, double low, double high, double fromPx, double toPx) {

  /** How distances grow. */
  public enum Kind {
    LINEAR,
    /** By the logarithm: numbers above 0. */
    LOG,
    /** Of percentiles in [0, 100): by log(1/(1 − q)), so that each further nine takes as much. */
    TAIL
  }

  public Scale {
    if (!(high > low) || !Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException("a scale needs low < high, was " + low + ", " + high);
    }
    if ((kind == Kind.LOG && low <= 0) || (kind == Kind.TAIL && (low < 0 || high >= 100))) {
      throw new IllegalArgumentException(kind + " from " + low + " to " + high);
    }
  }

  /**
   * Returns a scale that holds some numbers with room at both ends.
   *
   * @param kind LINEAR or LOG
   */
  public static Scale around(Kind kind, double least, double most, double fromPx, double toPx) {
    if (kind == Kind.LOG) {
      double room = Math.max(1.08, Math.pow(most / least, 0.06));
      return new Scale(kind, least / room, most * room, fromPx, toPx);
    }
    double room = most > least ? 0.06 * (most - least) : Math.max(1e-9, 0.05 * Math.abs(most));
    return new Scale(kind, least - room, most + room, fromPx, toPx);
  }

  /** Returns the place of a number; beyond the ends for one that is beyond them. */
  public double at(double value) {
    double part = (bent(value) - bent(low)) / (bent(high) - bent(low));
    return fromPx + part * (toPx - fromPx);
  }

  /** Returns the place, moved to the nearer end where it is beyond it. */
  public double within(double value) {
    return at(Math.max(low, Math.min(high, value)));
  }

  private double bent(double value) {
    return switch (kind) {
      case LINEAR -> value;
      case LOG -> Math.log(Math.max(value, Double.MIN_NORMAL));
      case TAIL -> -Math.log1p(-value / 100);
    };
  }

  /**
   * Returns round numbers between the ends, ascending.
   *
   * @param most how many at most, at least 2
   */
  public List<Double> ticks(int most) {
    return switch (kind) {
      case LINEAR -> linear(most);
      case LOG -> logarithmic(most);
      case TAIL ->
          List.of(0.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.9, 99.99).stream()
              .filter(this::holds)
              .toList();
    };
  }

  /** With room for rounding: on a scale of decades, of the number at each end. */
  private boolean holds(double value) {
    double slack = kind == Kind.LOG ? 1e-9 * value : 1e-9 * (high - low);
    return value >= low - slack && value <= high + slack;
  }

  private List<Double> linear(int most) {
    double step = step((high - low) / Math.max(1, most - 1));
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); holds(i * step); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** Returns 1, 2 or 5 times a power of ten, at least so much. */
  static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double times : new double[] {1, 2, 5}) {
      if (times * power >= least * (1 - 1e-9)) {
        return times * power;
      }
    }
    return 10 * power;
  }

  private List<Double> logarithmic(int most) {
    for (double[] times : new double[][] {{1, 2, 3, 5, 7}, {1, 2, 5}, {1, 3}, {1}}) {
      List<Double> ticks = decades(times, 1);
      if (ticks.size() <= most) {
        return ticks.size() >= 2 ? ticks : linear(most).stream().filter(t -> t > 0).toList();
      }
    }
    int every = 2;
    while (decades(new double[] {1}, every).size() > most) {
      every++;
    }
    return decades(new double[] {1}, every);
  }

  private List<Double> decades(double[] times, int every) {
    List<Double> ticks = new ArrayList<>();
    int last = (int) Math.floor(Math.log10(high) + 1e-9);
    for (int power = (int) Math.floor(Math.log10(low)); power <= last; power++) {
      if (Math.floorMod(power, every) == 0) {
        for (double factor : times) {
          double tick = factor * Math.pow(10, power);
          if (holds(tick)) {
            ticks.add(tick);
          }
        }
      }
    }
    return ticks;
  }

  /** Returns a tick's number as text: no more digits than it needs. */
  public String label(double tick) {
    if (kind == Kind.TAIL) {
      return tick == 0 ? "min" : "p" + plain(tick);
    }
    return plain(tick);
  }

  /** Returns a number with as many digits as a tick needs, large ones with k, M, G. */
  static String plain(double value) {
    double size = Math.abs(value);
    if (size >= 1e12) {
      return digits(value / 1e12) + "T";
    }
    if (size >= 1e9) {
      return digits(value / 1e9) + "G";
    }
    if (size >= 1e6) {
      return digits(value / 1e6) + "M";
    }
    return size >= 1e4 ? digits(value / 1e3) + "k" : digits(value);
  }

  private static String digits(double value) {
    double size = Math.abs(value);
    if (size != 0 && size < 1e-4) {
      return String.format(ROOT, "%.0e", value);
    }
    String text = String.format(ROOT, "%.4f", value);
    return text.replaceFirst("0+$", "").replaceFirst("\\.$", "").replaceFirst("^-0$", "0");
  }
}
