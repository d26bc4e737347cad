package io.stagemark.config;

import io.stagemark.data.NearestName;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineOption;
import io.stagemark.spi.Registry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** The section {@code engineOptions}: by engine, the settings that the engine itself declares. */
final class EngineOptions {
  private final Registry<Engine> engines;
  private final Problems problems;

  EngineOptions(Registry<Engine> engines, Problems problems) {
    this.engines = engines;
    this.problems = problems;
  }

  /** Returns the options by engine, defaults filled in. */
  Map<String, Map<String, String>> read(Section root) {
    Map<String, Map<String, String>> options = new LinkedHashMap<>();
    Optional<Section> section = root.child(RunKeys.ENGINE_OPTIONS);
    section.ifPresent(this::refuseUnknown);
    for (Engine engine : engines.all()) {
      Optional<Section> own =
          section.flatMap(it -> it.child(engineKey(engine.name(), engine.info().options())));
      options.put(engine.name(), values(engine.info().options(), own));
    }
    return options;
  }

  private void refuseUnknown(Section section) {
    List<String> names = engines.names();
    section
        .tuples()
        .forEach(
            (name, tuple) -> {
              if (!names.contains(name)) {
                problems.add(
                    Place.of(tuple.getKeyNode(), section.child(name)),
                    "unknown engine",
                    "one of: " + String.join(", ", names),
                    NearestName.of(name, names)
                        .map(near -> engineKey(near, engines.get(near).info().options()).line())
                        .orElse("remove this line"));
              }
            });
  }

  private static Key<MappingNode> engineKey(String name, List<EngineOption> options) {
    String example =
        options.isEmpty()
            ? "{}"
            : "{%s: %s}".formatted(options.get(0).name(), options.get(0).defaultValue());
    return Key.optional(name, ValueRange.section(), example, "the engine's own");
  }

  private static Map<String, String> values(List<EngineOption> options, Optional<Section> section) {
    List<Key<String>> keys = options.stream().map(EngineOptions::key).toList();
    section.ifPresent(it -> it.knowing(keys));
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      Key<String> key = keys.get(i);
      String byDefault = options.get(i).defaultValue();
      values.put(key.name(), section.flatMap(it -> it.find(key)).orElse(byDefault));
    }
    return values;
  }

  private static Key<String> key(EngineOption option) {
    String range =
        option.values().isEmpty()
            ? "a whole number from 0"
            : "one of: " + String.join(", ", option.values());
    ValueRange<String> allowed =
        ValueRange.read(range, text -> Optional.of(text).filter(option::accepts));
    return Key.defaulted(option.name(), allowed, option.defaultValue());
  }
}
