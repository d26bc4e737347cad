package io.stagemark.study;

import java.nio.file.Path;

/**
 * A point of the power curve, written {@code PERCENTxGATES} or {@code PERCENTxGATES@BUSY}.
 *
 * @param percent of work injected in the stage; {@code 0}: nothing, an A/A
 * @param gates how many
 * @param busy threads of this program that do nothing but take processor time meanwhile
 */
record StudyPoint(String percent, int gates, int busy) {

  /** Reads such as {@code 5x60} or {@code 5x20@1}. */
  static StudyPoint parse(String text) {
    if (!text.matches("\\d+(\\.\\d+)?x\\d{1,4}(@\\d{1,2})?")) {
      throw new IllegalArgumentException(
          "a point is PERCENTxGATES or PERCENTxGATES@BUSY, such as 5x60 or 5x20@1; was " + text);
    }
    String[] parts = text.split("[x@]", -1);
    int busy = parts.length == 3 ? Integer.parseInt(parts[2]) : 0;
    return new StudyPoint(parts[0], Integer.parseInt(parts[1]), busy);
  }

  boolean isControl() {
    return Double.parseDouble(percent) == 0;
  }

  /** Returns what its gates are kept under, such as {@code 5@0}, however many they are. */
  String key() {
    return percent + "@" + busy;
  }

  /** Returns the folder of a gate. */
  Path folder(Path study, int gate) {
    return study.resolve("%s-%03d".formatted(key(), gate));
  }
}
