package io.stagemark.inspect.fact;

/**
 * Something that is known of a model, how sure it is, and where it comes from.
 *
 * @param value what is known
 * @param grade how sure it is
 * @param source where it comes from, such as {@code metadata names} or {@code 84 = 4 + 80 rows}
 */
public record Fact<T>(T value, Grade grade, String source) {
  /** Returns a fact that a file or the user states. */
  public static <T> Fact<T> stated(T value, String source) {
    return new Fact<>(value, Grade.STATED, source);
  }

  /** Returns a fact that follows from stated ones. */
  public static <T> Fact<T> derived(T value, String source) {
    return new Fact<>(value, Grade.DERIVED, source);
  }

  /** Returns a convention. */
  public static <T> Fact<T> assumed(T value, String source) {
    return new Fact<>(value, Grade.ASSUMED, source);
  }
}
