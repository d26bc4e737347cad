package io.stagemark.dataset;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key of the section {@code dataset} that one format defines for itself. Its value is text, a
 * number as it is written in the config.
 *
 * @param name of the key, such as {@code split}; none of the program's own keys
 * @param expected its range in words, such as {@code one of: train, val}
 * @param values matches each value that is in the range, from end to end
 * @param example a value of the range, for messages
 * @param fallback what holds where the config leaves it out; empty: the key is required
 */
public record DatasetOption(
    String name, String expected, Pattern values, String example, Optional<String> fallback) {
  public DatasetOption {
    require(values, example);
    fallback.ifPresent(value -> require(values, value));
  }

  private static void require(Pattern values, String value) {
    if (!values.matcher(value).matches()) {
      throw new IllegalArgumentException("'%s' does not match %s".formatted(value, values));
    }
  }
}
