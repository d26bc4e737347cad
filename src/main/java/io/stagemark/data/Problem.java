package io.stagemark.data;

/**
 * One thing that is wrong with what a user gave us.
 *
 * @param where file, line and key, as far as they are known: {@code configs/a.yaml:14:
 *     measure.trials}
 * @param found what stands there
 * @param expected what would be right, with its range and default
 * @param tryThis a line that would work
 */
public record Problem(String where, String found, String expected, String tryThis) {

  /** Returns four lines: where, found, expected, try. */
  @Override
  public String toString() {
    return PlainText.line(where)
        + "\n  found:    "
        + PlainText.line(found)
        + "\n  expected: "
        + PlainText.line(expected)
        + "\n  try:      "
        + PlainText.line(tryThis);
  }
}
