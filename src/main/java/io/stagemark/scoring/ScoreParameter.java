package io.stagemark.scoring;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One setting of a {@link Loss} or other score: enough for a command line to offer it and to refuse
 * a bad value.
 *
 * @param name lower case with hyphens: {@code pos-weight}
 * @param kind what a value is
 * @param from smallest number allowed; −∞ for no bound (numbers are finite in any case)
 * @param to largest number allowed; +∞ for no bound
 * @param choices the texts allowed, for {@link ValueType#CHOICE}; for a {@link ValueType#NUMBER}
 *     words for its smallest value, which switches it off; else empty
 * @param fallback the value if none is given, as a user would write it; empty for none at all
 * @param doc one sentence: what it does
 */
public record ScoreParameter(
    String name,
    ValueType kind,
    double from,
    double to,
    List<String> choices,
    Optional<String> fallback,
    String doc) {
  public ScoreParameter {
    choices = List.copyOf(choices);
  }

  /** What a value is, and its Java type in {@link ScoreArguments}. */
  public enum ValueType {
    /** A {@code Double}. */
    NUMBER,
    /** A {@code Long}. */
    INTEGER,
    /** A {@code String}, one of the choices. */
    CHOICE,
    /** A {@code Boolean}. */
    FLAG,
    /** A {@link ScoreTensor}: a .npy file, or numbers with commas. */
    TENSOR,
    /** A {@code String} that the loss reads itself. */
    TEXT
  }

  /** Returns a finite number in [from, to]. */
  public static ScoreParameter number(
      String name, double from, double to, String fallback, String doc) {
    return new ScoreParameter(
        name, ValueType.NUMBER, from, to, List.of(), Optional.of(fallback), doc);
  }

  /** Returns a finite number in [from, to]; {@code none} means {@code from}, which is off. */
  public static ScoreParameter numberOrNone(
      String name, double from, double to, String fallback, String doc) {
    return new ScoreParameter(
        name, ValueType.NUMBER, from, to, List.of("none"), Optional.of(fallback), doc);
  }

  /** Returns a whole number; no fallback means that it need not be given. */
  public static ScoreParameter integer(String name, Optional<String> fallback, String doc) {
    return unbounded(name, ValueType.INTEGER, List.of(), fallback, doc);
  }

  /** Returns one of some texts, the first of which is the fallback. */
  public static ScoreParameter choice(String name, List<String> choices, String doc) {
    return unbounded(name, ValueType.CHOICE, choices, Optional.of(choices.get(0)), doc);
  }

  /** Returns true or false, false if it is not given. */
  public static ScoreParameter flag(String name, String doc) {
    return unbounded(name, ValueType.FLAG, List.of(), Optional.of("false"), doc);
  }

  /** Returns a tensor that need not be given. */
  public static ScoreParameter tensor(String name, String doc) {
    return unbounded(name, ValueType.TENSOR, List.of(), Optional.empty(), doc);
  }

  /** Returns a text that the loss reads itself. */
  public static ScoreParameter text(String name, String fallback, String doc) {
    return unbounded(name, ValueType.TEXT, List.of(), Optional.of(fallback), doc);
  }

  /** Returns the parameter that every loss has. */
  public static ScoreParameter reduction() {
    return choice(
        "reduction",
        List.of("mean", "sum", "none"),
        "what becomes of the terms: one mean, one sum, or every term");
  }

  private static ScoreParameter unbounded(
      String name, ValueType kind, List<String> choices, Optional<String> fallback, String doc) {
    return new ScoreParameter(
        name, kind, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, choices, fallback, doc);
  }

  /** Returns what values are allowed, for a person: {@code a number in [0, 1]}. */
  public String allowed() {
    return switch (kind) {
      case NUMBER -> "a number " + range() + (choices.isEmpty() ? "" : ", or none");
      case INTEGER -> "a whole number";
      case CHOICE -> "one of " + String.join(", ", choices);
      case FLAG -> "true or false";
      case TENSOR -> "a .npy file, or numbers with commas";
      case TEXT -> "text";
    };
  }

  private String range() {
    if (from == Double.NEGATIVE_INFINITY && to == Double.POSITIVE_INFINITY) {
      return "(finite)";
    }
    return to == Double.POSITIVE_INFINITY
        ? "from %s up".formatted(plain(from))
        : "in [%s, %s]".formatted(plain(from), plain(to));
  }

  private static String plain(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }

  /**
   * Reads a value as a user writes it.
   *
   * @throws IllegalArgumentException if it is not allowed; the message names the parameter
   */
  public Object parse(String text) {
    try {
      return checked(
          switch (kind) {
            case NUMBER -> (Object) (choices.contains(text) ? from : Double.parseDouble(text));
            case INTEGER -> Long.parseLong(text.strip());
            case CHOICE, TEXT -> text;
            case FLAG -> flagOf(text);
            case TENSOR -> numbers(text);
          });
    } catch (NumberFormatException e) {
      throw refused(text);
    }
  }

  private Object flagOf(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused(text);
    };
  }

  private static ScoreTensor numbers(String text) {
    String[] parts = text.split(",", -1);
    double[] values = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      values[i] = Double.parseDouble(parts[i]);
    }
    return ScoreTensor.vector(values);
  }

  /**
   * Returns the value if it is of this parameter's type and range.
   *
   * @throws IllegalArgumentException if not; the message names the parameter
   */
  Object checked(Object value) {
    boolean fits =
        switch (kind) {
          case NUMBER -> value instanceof Double d && d >= from && d <= to && Double.isFinite(d);
          case INTEGER -> value instanceof Long;
          case CHOICE -> value instanceof String s && choices.contains(s);
          case FLAG -> value instanceof Boolean;
          case TENSOR -> value instanceof ScoreTensor;
          case TEXT -> value instanceof String;
        };
    if (!fits) {
      throw refused(value);
    }
    return value;
  }

  private IllegalArgumentException refused(Object value) {
    return new IllegalArgumentException("%s is %s, not %s".formatted(name, value, allowed()));
  }
}
