package io.stagemark.draft;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.stagemark.inspect.prep.InputFill;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values as YAML writes them. */
final class YamlValue {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z./][A-Za-z0-9_./+-]*");
  private static final Set<String> WORDS = Set.of("true", "false", "null", "N", "y", "n");

  private YamlValue() {}

  /** Returns the text, in quotes where YAML would read something else. */
  static String text(String text) {
    return PLAIN.matcher(text).matches() && !WORDS.contains(text)
        ? text
        : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** Returns a list on one line. */
  static String list(List<String> items) {
    return items.stream().map(YamlValue::text).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Returns a list of numbers on one line. */
  static String numbers(List<Double> numbers) {
    return numbers.stream().map(InputFill::number).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Returns a comment on one line that ends no earlier. */
  static String comment(String text) {
    return "# " + text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
