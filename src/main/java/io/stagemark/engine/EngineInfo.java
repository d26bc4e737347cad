package io.stagemark.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an engine is, for lists, for checking a config before anything runs, and for the report.
 *
 * @param version of the runtime, such as {@code 1.29.0}
 * @param format which of a model card's files it reads, such as {@code onnx} or {@code
 *     torchscript}; empty for an engine that needs no file
 * @param devices device kinds that this build may be able to use; whether the machine has one is
 *     only known when a model is loaded
 * @param options the settings of its own that it knows
 */
public record EngineInfo(
    String version, Optional<String> format, List<String> devices, List<EngineOption> options) {
  public EngineInfo {
    devices = List.copyOf(devices);
    options = List.copyOf(options);
  }

  /** Returns the environment variables that a process with these settings must be started with. */
  public Map<String, String> environment(EngineSettings settings) {
    Map<String, String> variables = new TreeMap<>();
    for (EngineOption option : options) {
      variables.putAll(option.environment().getOrDefault(settings.option(option.name()), Map.of()));
    }
    return variables;
  }
}
