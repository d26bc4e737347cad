package io.stagemark.engine;

import java.util.List;
import java.util.Map;

/**
 * A setting that one engine knows.
 *
 * @param name as a config writes it, such as {@code allowSpinning}
 * @param values what it may be, such as {@code true} and {@code false}; empty means any whole
 *     number of at least 0
 * @param defaultValue what it is when a config says nothing
 * @param meaning one sentence
 * @param environment what a trial's process must have in its environment, by value of the option:
 *     for settings that a native library reads once, before Java can say anything
 */
public record EngineOption(
    String name,
    List<String> values,
    String defaultValue,
    String meaning,
    Map<String, Map<String, String>> environment) {
  public EngineOption {
    values = List.copyOf(values);
    environment = Map.copyOf(environment);
  }

  /** An option that the engine itself sets. */
  public EngineOption(String name, List<String> values, String defaultValue, String meaning) {
    this(name, values, defaultValue, meaning, Map.of());
  }

  /** Returns whether a config may set it to {@code value}. */
  public boolean accepts(String value) {
    return values.isEmpty() ? value.matches("\\d{1,9}") : values.contains(value);
  }
}
