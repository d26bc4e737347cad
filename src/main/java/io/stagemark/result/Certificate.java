package io.stagemark.result;

import static java.util.Locale.ROOT;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
  /** Largest error that a certificate may state, in %: with a larger one it is not kept. */
  public static final double MAX_STATED_PERCENT = 5;

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
    return (passed() ? "calibrated: " : "NOT calibrated: ") + joined(worst());
  }

  /**
   * Returns why it must not be kept, such as {@code p90 ±56.12 %, more than 5 %}: the stated errors
   * that are beyond {@link #MAX_STATED_PERCENT}; empty if there is none. An error that is no number
   * is beyond it.
   */
  public Optional<String> refusal() {
    Map<String, Double> beyond = worst();
    // as stated: 5.004 is ±5.00
    beyond.values().removeIf(error -> Math.round(100 * error) <= 100 * MAX_STATED_PERCENT);
    return beyond.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(ROOT, "%s, more than %.0f %%", joined(beyond), MAX_STATED_PERCENT));
  }

  /** Returns the worst error of each figure, in %. */
  private Map<String, Double> worst() {
    Map<String, Double> worst = new LinkedHashMap<>();
    for (Line line : lines) {
      double error = Math.abs(line.errorPercent());
      worst.merge(line.figure(), Double.isNaN(error) ? Double.POSITIVE_INFINITY : error, Math::max);
    }
    return worst;
  }

  private static String joined(Map<String, Double> errors) {
    return errors.entrySet().stream()
        .map(each -> String.format(ROOT, "%s ±%.2f %%", each.getKey(), each.getValue()))
        .collect(Collectors.joining(", "));
  }
}
