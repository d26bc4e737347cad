package io.stagemark.inspect.fact;

import java.util.Locale;

/** How sure a fact is, the surest first. */
public enum Grade {
  /** The file, a file next to it or the user says so. */
  STATED,
  /** It follows from what is stated, by arithmetic on shapes or by the operators of the graph. */
  DERIVED,
  /** A convention: most models of this kind are so, and nothing in the file confirms it. */
  ASSUMED;

  /** Returns whether scores may rest on such a fact. */
  public boolean isCertain() {
    return this != ASSUMED;
  }

  /** Returns the less sure of the two. */
  public Grade and(Grade other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** Returns such as {@code derived}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
