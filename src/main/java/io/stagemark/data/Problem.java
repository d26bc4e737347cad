package io.stagemark.data;

/**
 * One thing that is wrong with what a user gave us.
 *
 * @param where file, line and key, as far as they are known: {@code configs/a.yaml:14:
 *     measure.trials}
 * @param found the value that was found
 * @param expected what would be right, with its range and default
 * @param tryThis a line that would work
 */
public record Problem(String where, String found, String expected, String tryThis) {
  private static final int MAX_CHARACTERS = 2000;

  /** Returns four lines: where, found, expected, try. */
  @Override
  public String toString() {
    return line(where)
        + "\n  found:    "
        + line(found)
        + "\n  expected: "
        + line(expected)
        + "\n  try:      "
        + line(tryThis);
  }

  /** A name of megabytes is a name that is wrong, and its two ends are enough of it. */
  private static String line(String text) {
    if (text.length() <= MAX_CHARACTERS) {
      return PlainText.line(text);
    }
    String end = text.substring(text.length() - MAX_CHARACTERS / 4);
    return PlainText.line(text.substring(0, MAX_CHARACTERS / 2) + "…" + end);
  }
}
