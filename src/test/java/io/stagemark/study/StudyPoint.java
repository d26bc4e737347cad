package io.stagemark.study;

import java.nio.file.Path;

/**
 * A point of the power curve, written {@code PERCENTxGATES} or {@code PERCENTxGATES@BUSY}; with a
 * {@code q} at its end it is of the quickstart.
 *
 * @param percent of work injected in the stage; {@code 0}: nothing, an A/A
 * @param gates how many
 * @param busy threads of this program that do nothing but take processor time meanwhile
 * @param quickstart whether it is of configs/quickstart.yaml with ONNX Runtime
 */
record StudyPoint(String percent, int gates, int busy, boolean quickstart) {

  /** Reads such as {@code 5x60}, {@code 5x20@1} or {@code 10x5q}. */
  static StudyPoint parse(String text) {
    if (!text.matches("\\d+(\\.\\d+)?x\\d{1,4}(@\\d{1,2})?q?")) {
      throw new IllegalArgumentException(
          "a point is PERCENTxGATES, PERCENTxGATES@BUSY or one with a q, such as 5x60 or 10x5q; was "
              + text);
    }
    boolean quickstart = text.endsWith("q");
    String[] parts = (quickstart ? text.substring(0, text.length() - 1) : text).split("[x@]", -1);
    int busy = parts.length == 3 ? Integer.parseInt(parts[2]) : 0;
    return new StudyPoint(parts[0], Integer.parseInt(parts[1]), busy, quickstart);
  }

  boolean isControl() {
    return Double.parseDouble(percent) == 0;
  }

  /** Returns what its gates are kept under, such as {@code 5@0}, however many they are. */
  String key() {
    return percent + "@" + busy + (quickstart ? "q" : "");
  }

  /** Returns the folder of a gate. */
  Path folder(Path study, int gate) {
    return study.resolve("%s-%03d".formatted(key(), gate));
  }
}
