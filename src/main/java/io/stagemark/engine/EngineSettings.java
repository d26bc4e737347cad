package io.stagemark.engine;

import java.util.Map;

/**
 * What a config asks of an engine.
 *
 * @param device where to run
 * @param threads threads for one operator (intra-op), at least 1; inter-op parallelism is 1
 * @param options the engine's own settings, every one that it knows, defaults filled in
 */
public record EngineSettings(Device device, int threads, Map<String, String> options) {
  public EngineSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    options = Map.copyOf(options);
  }

  /** Returns the value of an option; throws {@link IllegalArgumentException} if it is not set. */
  public String option(String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no engine option '%s' in %s".formatted(name, options));
    }
    return value;
  }
}
