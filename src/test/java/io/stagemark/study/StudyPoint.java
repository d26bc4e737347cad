package io.stagemark.study;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point of the power curve, written {@code PERCENTxGATES} or {@code PERCENTxGATES@BUSY}; with
 * {@code t2} behind it both sides compute with two threads, with a {@code q} at its end it is of
 * the quickstart.
 *
 * @param percent of work injected in the stage; {@code 0}: nothing, an A/A
 * @param gates how many
 * @param busy threads of this program that do nothing but take processor time meanwhile
 * @param threads of both sides
 * @param quickstart whether it is of configs/quickstart.yaml with ONNX Runtime
 */
record StudyPoint(String percent, int gates, int busy, int threads, boolean quickstart) {
  private static final Pattern FORM =
      Pattern.compile("(\\d+(?:\\.\\d+)?)x(\\d{1,4})(?:@(\\d{1,2}))?(?:t(\\d{1,2}))?(q?)");

  /** Reads such as {@code 5x60}, {@code 5x20@1}, {@code 5x20t2} or {@code 10x5q}. */
  static StudyPoint parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "a point is PERCENTxGATES, then @BUSY, tTHREADS and q where needed, such as 5x60, 5x20@1,"
              + " 5x20t2 or 10x5q; was "
              + text);
    }
    return new StudyPoint(
        form.group(1),
        Integer.parseInt(form.group(2)),
        Optional.ofNullable(form.group(3)).map(Integer::parseInt).orElse(0),
        Optional.ofNullable(form.group(4)).map(Integer::parseInt).orElse(1),
        !form.group(5).isEmpty());
  }

  boolean isControl() {
    return Double.parseDouble(percent) == 0;
  }

  /** Returns what its gates are kept under, such as {@code 5@0}, however many they are. */
  String key() {
    return percent + "@" + busy + (threads > 1 ? "t" + threads : "") + (quickstart ? "q" : "");
  }

  /** Returns the folder of a gate. */
  Path folder(Path study, int gate) {
    return study.resolve("%s-%03d".formatted(key(), gate));
  }
}
