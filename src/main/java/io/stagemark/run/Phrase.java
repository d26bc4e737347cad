package io.stagemark.run;

import static java.util.Locale.ROOT;

/** A sentence with figures in it, the same on every machine. */
final class Phrase {
  private Phrase() {}

  /** Returns the sentence; {@code format} as {@link String#format}. */
  static String of(String format, Object... values) {
    return String.format(ROOT, format, values);
  }
}
