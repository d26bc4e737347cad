package io.stagemark.config;

/**
 * A key that a file may have, declared once: the reader, its messages and the test of the reference
 * all take it from here.
 *
 * @param name such as {@code trials}
 * @param kind what its value may be
 * @param amount whether it takes a list; one value alone stands for a list of one
 * @param need whether it may be left out
 * @param example YAML of the value: the default where there is one
 * @param otherwise what holds where an {@link Need#OPTIONAL} key is left out
 */
public record Key<T>(
    String name, Kind<T> kind, Amount amount, Need need, String example, String otherwise) {
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

  public static <T> Key<T> required(String name, Kind<T> kind, String example) {
    return new Key<>(name, kind, Amount.ONE, Need.REQUIRED, example, "");
  }

  public static <T> Key<T> defaulted(String name, Kind<T> kind, String byDefault) {
    return new Key<>(name, kind, Amount.ONE, Need.DEFAULTED, byDefault, "");
  }

  public static <T> Key<T> optional(String name, Kind<T> kind, String example, String otherwise) {
    return new Key<>(name, kind, Amount.ONE, Need.OPTIONAL, example, otherwise);
  }

  /** Returns the key as one that takes a list of at least one value. */
  Key<T> list() {
    return new Key<>(name, kind, Amount.SOME, need, example, otherwise);
  }

  /** Returns the key as one that takes a list that may be empty. */
  public Key<T> listOrEmpty() {
    return new Key<>(name, kind, Amount.ANY, need, example, otherwise);
  }

  /** Returns the key as one that may be left out. */
  public Key<T> orElse(String meaning) {
    return new Key<>(name, kind, amount, Need.OPTIONAL, example, meaning);
  }

  boolean many() {
    return amount != Amount.ONE;
  }

  /** Returns the range and the default, such as {@code a whole number in [1, 1000] (default 3)}. */
  public String expected() {
    String range = many() ? "a list, each " + kind.expected() : kind.expected();
    return switch (need) {
      case REQUIRED -> range + " (required)";
      case DEFAULTED -> range + " (default " + example + ")";
      case OPTIONAL -> range + " (default: " + otherwise + ")";
    };
  }

  /** Returns the range of one value of a list. */
  String expectedOfOne() {
    return many() && need == Need.DEFAULTED
        ? kind.expected() + " (default " + example + ")"
        : many() ? kind.expected() : expected();
  }

  /** Returns a line that works, such as {@code trials: 3}. */
  String line() {
    return name + ": " + example;
  }
}
