package io.stagemark.report.export;

import java.util.Optional;

/**
 * One number of a case: what every format is made of.
 *
 * @param stage such as {@code forward}; {@code total} for the whole, {@code score} for what was
 *     scored, {@code case} for what belongs to none
 * @param statistic such as {@code p50} or {@code fps}: a name that stays
 * @param value in {@code unit}, finite
 * @param bounds its interval; empty where there is none
 * @param unit such as {@code ms}
 * @param count how many samples, images or trials it comes from
 * @param better the direction that is better
 */
record Figure(
    String stage,
    String statistic,
    double value,
    Optional<Bounds> bounds,
    String unit,
    long count,
    Better better) {

  /**
   * An interval of 95 %.
   *
   * @param lower lower end, in the unit of the figure
   * @param upper upper end
   * @param ofTrials whether it takes in the differences between trials; else it is of the batches
   *     alone
   */
  record Bounds(double lower, double upper, boolean ofTrials) {
    Bounds scaled(double factor) {
      return new Bounds(lower * factor, upper * factor, ofTrials);
    }

    /** Returns the larger distance of an end from the value. */
    double distance(double value) {
      return Math.max(upper - value, value - lower);
    }
  }

  /** A direction. */
  enum Better {
    LOWER("lower"),
    HIGHER("higher"),
    NEITHER("");

    private final String word;

    Better(String word) {
      this.word = word;
    }

    /** Returns the word; nothing for {@link #NEITHER}. */
    String word() {
      return word;
    }
  }
}
