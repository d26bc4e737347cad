package io.stagemark.config;

import io.stagemark.preprocess.PreprocessSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The range of a value: the one place that defines it.
 *
 * @param expected the range as messages and the reference write it, such as {@code a whole number
 *     in [1, 1000]}
 * @param choices the words that it may be, to suggest the nearest; empty if there is no such list
 * @param parse reads a node; empty if it is not in the range
 */
public record ValueRange<T>(
    String expected, List<String> choices, Function<Node, Optional<T>> parse) {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,18}");
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?) ?%");
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?([0-9]{1,300}(\\.[0-9]{0,300})?|\\.[0-9]{1,300})([eE][-+]?[0-9]{1,4})?");
  private static final List<Tag> SCALARS = List.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL);

  private static <T> ValueRange<T> of(String expected, Function<String, Optional<T>> parse) {
    return new ValueRange<>(expected, List.of(), node -> scalar(node).flatMap(parse));
  }

  /** Any text on one or more lines, not blank; a number is taken as it is written. */
  public static ValueRange<String> text(String meaning) {
    return of(meaning, text -> text.isBlank() ? Optional.empty() : Optional.of(text.strip()));
  }

  /** Text that a pattern matches from end to end. */
  public static ValueRange<String> matching(String meaning, Pattern pattern) {
    return of(
        meaning, text -> pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty());
  }

  /** An integer, plain decimal digits. */
  public static ValueRange<Long> whole(String unit, long min, long max) {
    String expected = "a whole number%s in [%s, %s]".formatted(unit(unit), min, max);
    return new ValueRange<>(
        expected,
        List.of(),
        node ->
            plain(node, WHOLE).map(Long::valueOf).filter(value -> value >= min && value <= max));
  }

  /** A real number. */
  public static ValueRange<Double> number(String unit, double min, double max) {
    String expected = "a number%s in [%s, %s]".formatted(unit(unit), shortest(min), shortest(max));
    return real(expected, min, max);
  }

  /** A real number in [0, 1]. */
  public static ValueRange<Double> ratio() {
    return real("a ratio in [0, 1]", 0, 1);
  }

  /** Any finite number. */
  static ValueRange<Double> finite() {
    return real("a number", -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  private static ValueRange<Double> real(String expected, double min, double max) {
    return new ValueRange<>(
        expected,
        List.of(),
        node ->
            plain(node, NUMBER).map(Double::valueOf).filter(value -> value >= min && value <= max));
  }

  public static ValueRange<Boolean> flag() {
    return choice(List.of("true", "false"), text -> Optional.of(text.equals("true")));
  }

  /** A constant of an enum, in the spelling of {@link PreprocessSettings#configName}. */
  public static <E extends Enum<E>> ValueRange<E> constant(Class<E> type) {
    List<E> constants = Arrays.asList(type.getEnumConstants());
    return choice(
        constants.stream().map(PreprocessSettings::configName).toList(),
        text ->
            constants.stream()
                .filter(each -> PreprocessSettings.configName(each).equals(text))
                .findFirst());
  }

  public static ValueRange<String> oneOf(String... names) {
    return choice(List.of(names), Optional::of);
  }

  private static <T> ValueRange<T> choice(List<String> names, Function<String, Optional<T>> parse) {
    return new ValueRange<>(
        "one of: " + String.join(", ", names),
        names,
        node -> scalar(node).filter(names::contains).flatMap(parse));
  }

  /** Keys of its own, one a line. */
  public static ValueRange<MappingNode> section() {
    return new ValueRange<>(
        "a section of keys",
        List.of(),
        node -> node instanceof MappingNode mapping ? Optional.of(mapping) : Optional.empty());
  }

  /** Any node; the caller reads it. */
  static ValueRange<Node> node(String meaning) {
    return new ValueRange<>(meaning, List.of(), Optional::of);
  }

  /** A percentage such as {@code 3%}, as a ratio. */
  public static ValueRange<Double> percent(double min, double max) {
    return of(
        "a percentage in [%s%%, %s%%]".formatted(shortest(min), shortest(max)),
        text -> {
          Matcher number = PERCENT.matcher(text);
          return number.matches()
              ? Optional.of(Double.parseDouble(number.group(1)))
                  .filter(value -> value >= min && value <= max)
                  .map(value -> value / 100)
              : Optional.empty();
        });
  }

  /** Text that a reader of this program accepts. */
  static <T> ValueRange<T> read(String meaning, Function<String, Optional<T>> parse) {
    return of(meaning, parse);
  }

  /** Returns the text of a scalar; empty for null, lists, sections and foreign YAML tags. */
  static Optional<String> scalar(Node node) {
    return node instanceof ScalarNode scalar && SCALARS.contains(scalar.getTag())
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  private static Optional<String> plain(Node node, Pattern form) {
    return scalar(node)
        .filter(text -> ((ScalarNode) node).isPlain() && form.matcher(text).matches());
  }

  private static String unit(String unit) {
    return unit.isEmpty() ? "" : " of " + unit;
  }

  /** Returns a number without a fraction that is nothing. */
  static String shortest(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
