package io.stagemark.scoring;

import java.util.Locale;

/** What becomes of the terms of a loss. */
public enum Reduction {
  /** Every term is kept. */
  NONE,
  /** The sum over the loss's own denominator, which its documentation names. */
  MEAN,
  /** The sum. */
  SUM,
  /** The sum over max(1, number of positive targets): RetinaNet's normaliser, for focal losses. */
  POSITIVES;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** Returns the name that a user writes: lower case. */
  public String text() {
    return text;
  }

  /**
   * Returns the one of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Reduction of(String text) {
    if (text.equals(MEAN.text)) {
      return MEAN;
    }
    return text.equals(SUM.text) ? SUM : valueOf(text.toUpperCase(Locale.ROOT));
  }
}
