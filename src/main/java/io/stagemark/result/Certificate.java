package io.stagemark.result;

import static java.util.Locale.ROOT;

import java.util.List;

/**
 * The error of the program's figures on one machine, against the known latencies of the
 * programmable engine.
 *
 * @param key of the machine, the JVM and the build that it holds for
 * @param madeAt ISO-8601 instant in UTC
 * @param machine processor, cores, system
 * @param jdk vendor and version
 * @param form how much was compared
 * @param lines what was compared
 */
public record Certificate(
    String key, String madeAt, String machine, String jdk, Form form, List<Line> lines) {
  public Certificate {
    form = form == null ? Form.LONG : form; // in older files
    lines = List.copyOf(lines);
  }

  /** How much was compared. */
  public enum Form {
    /** Every shape in several trials, and arrivals at a stalling server. */
    LONG,
    /** Some shapes in one trial each: what a run makes by itself. */
    SHORT
  }

  /**
   * One figure against the truth.
   *
   * @param pattern what the engine did, such as {@code bimodal}
   * @param figure such as {@code p99}
   * @param reported by the program: nanoseconds, or images a second
   * @param truth from what each forward really took, by the engine's own clock
   * @param truthAbove the truth half a percentile higher: a figure moves so far when the machine
   *     takes the processor away between two readings of the clock, three times in 700 batches; the
   *     truth itself for what is no percentile
   * @param nominal from what each forward was to take; the machine's lateness is the difference
   *     from the truth
   * @param allowedPercent largest error that is certified, in %
   */
  public record Line(
      String pattern,
      String figure,
      double reported,
      double truth,
      double truthAbove,
      double nominal,
      double allowedPercent) {

    /** Returns how far the program is from the truth, in %. */
    public double errorPercent() {
      return 100 * (reported - truth) / truth;
    }

    /** Returns how far the machine is from the nominal times, in %. */
    public double machinePercent() {
      return 100 * (truth - nominal) / nominal;
    }

    /** Returns whether the error is one that is certified. */
    public boolean holds() {
      return Math.abs(errorPercent()) <= allowedPercent
          || (reported >= truth && reported <= truthAbove);
    }
  }

  /** Returns whether every figure holds. */
  public boolean passed() {
    return !lines.isEmpty() && lines.stream().allMatch(Line::holds);
  }

  /** Returns such as {@code calibrated: p50 ±0.3 %, p99 ±1.1 %}: the worst error of each figure. */
  public String summary() {
    StringBuilder text = new StringBuilder(passed() ? "calibrated: " : "NOT calibrated: ");
    List<String> figures = lines.stream().map(Line::figure).distinct().toList();
    for (String figure : figures) {
      double worst =
          lines.stream()
              .filter(line -> line.figure().equals(figure))
              .mapToDouble(line -> Math.abs(line.errorPercent()))
              .max()
              .orElseThrow();
      text.append(text.charAt(text.length() - 1) == ' ' ? "" : ", ")
          .append(String.format(ROOT, "%s ±%.2f %%", figure, worst));
    }
    return text.toString();
  }
}
