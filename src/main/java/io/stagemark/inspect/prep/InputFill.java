package io.stagemark.inspect.prep;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What fills an input that takes no photograph.
 *
 * @param value what it always holds: one number for every element, or one for each element of an
 *     example; empty where values are drawn
 * @param range lowest and highest value that is drawn; empty where {@code value} holds, or for [0,
 *     1)
 */
public record InputFill(List<Double> value, List<Double> range) {
  public InputFill {
    value = List.copyOf(value);
    range = List.copyOf(range);
  }

  /** Always these numbers. */
  static InputFill of(Double... value) {
    return new InputFill(List.of(value), List.of());
  }

  /** Random numbers between two, both included for integers. */
  static InputFill drawn(double lowest, double highest) {
    return new InputFill(List.of(), List.of(lowest, highest));
  }

  /** Returns whether nothing is known: any values are drawn. */
  public boolean isUnknown() {
    return value.isEmpty() && range.isEmpty();
  }

  /** Returns such as {@code always 640 640} or {@code random 0 to 30521}. */
  public String text() {
    if (!value.isEmpty()) {
      String first =
          value.stream().limit(4).map(InputFill::number).collect(Collectors.joining(" "));
      return "always " + first + (value.size() > 4 ? " …" : "");
    }
    return range.isEmpty()
        ? "random 0 to 1"
        : "random %s to %s".formatted(number(range.get(0)), number(range.get(1)));
  }

  /** Returns the shortest form, whole numbers without a point. */
  public static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%d", (long) value)
        : Double.toString(value);
  }
}
