package io.stagemark.config;

/**
 * A key that a file may have. It is declared once: the reader, its messages and the test of the
 * reference use this declaration.
 *
 * @param name such as {@code trials}
 * @param range range of its value
 * @param amount whether it takes a list; one value alone is a list of one
 * @param need whether it may be left out
 * @param example YAML of the value: the default where there is one
 * @param otherwise what applies where an {@link Need#OPTIONAL} key is left out
 */
public record Key<T>(
    String name, ValueRange<T> range, Amount amount, Need need, String example, String otherwise) {
  /** Whether a key may be left out. */
  enum Need {
    REQUIRED,
    DEFAULTED,
    OPTIONAL
  }

  /** How many values a key takes. */
  enum Amount {
    ONE,
    SOME,
    ANY
  }

  public static <T> Key<T> required(String name, ValueRange<T> range, String example) {
    return new Key<>(name, range, Amount.ONE, Need.REQUIRED, example, "");
  }

  public static <T> Key<T> defaulted(String name, ValueRange<T> range, String byDefault) {
    return new Key<>(name, range, Amount.ONE, Need.DEFAULTED, byDefault, "");
  }

  public static <T> Key<T> optional(
      String name, ValueRange<T> range, String example, String otherwise) {
    return new Key<>(name, range, Amount.ONE, Need.OPTIONAL, example, otherwise);
  }

  /** Returns the key as one that takes a list of at least one value. */
  Key<T> list() {
    return new Key<>(name, range, Amount.SOME, need, example, otherwise);
  }

  /** Returns the key as one that takes a list that may be empty. */
  public Key<T> listOrEmpty() {
    return new Key<>(name, range, Amount.ANY, need, example, otherwise);
  }

  /** Returns the key as one that may be left out. */
  public Key<T> orElse(String meaning) {
    return new Key<>(name, range, amount, Need.OPTIONAL, example, meaning);
  }

  boolean many() {
    return amount != Amount.ONE;
  }

  /** Returns the range and the default, such as {@code a whole number in [1, 1000] (default 3)}. */
  public String expected() {
    String allowed = many() ? "a list, each " + range.expected() : range.expected();
    return switch (need) {
      case REQUIRED -> allowed + " (required)";
      case DEFAULTED -> allowed + " (default " + example + ")";
      case OPTIONAL -> allowed + " (default: " + otherwise + ")";
    };
  }

  /** Returns the range of one value of a list. */
  String expectedOfOne() {
    return many() && need == Need.DEFAULTED
        ? range.expected() + " (default " + example + ")"
        : many() ? range.expected() : expected();
  }

  /** Returns a line that works, such as {@code trials: 3}. */
  String line() {
    return name + ": " + example;
  }
}
