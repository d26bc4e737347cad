package io.stagemark.report.export;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as every reader takes them: no exponent, no locale, at most 12 significant digits. */
final class PlainNumber {
  private static final MathContext DIGITS = new MathContext(12);

  private PlainNumber() {}

  /**
   * Returns such as {@code 41.7} or {@code 0.00031}.
   *
   * @param value finite
   */
  static String of(double value) {
    return rounded(value).toPlainString();
  }

  /** Returns the same with a decimal point: {@code 2.0}, where a reader wants one. */
  static String withPoint(double value) {
    String text = of(value);
    return text.contains(".") ? text : text + ".0";
  }

  /**
   * Returns the same as a number of a JSON tree.
   *
   * @param value finite
   */
  static BigDecimal rounded(double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
