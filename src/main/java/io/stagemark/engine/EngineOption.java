package io.stagemark.engine;

import java.util.List;

/**
 * A setting that one engine knows.
 *
 * @param name as a config writes it, such as {@code allowSpinning}
 * @param values what it may be, such as {@code true} and {@code false}; empty means any whole
 *     number of at least 0
 * @param defaultValue what it is when a config says nothing
 * @param meaning one sentence
 */
public record EngineOption(String name, List<String> values, String defaultValue, String meaning) {
  public EngineOption {
    values = List.copyOf(values);
  }

  /** Returns whether a config may set it to {@code value}. */
  public boolean accepts(String value) {
    return values.isEmpty() ? value.matches("\\d{1,9}") : values.contains(value);
  }
}
