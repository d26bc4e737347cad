package io.stagemark.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** All implementations of one extension point on the class path, by name. */
public final class Registry<S extends Named> {
  private final Map<String, S> byName = new TreeMap<>();
  private final Map<String, S> byAlias = new TreeMap<>();
  private final String kind;

  private Registry(String kind) {
    this.kind = kind;
  }

  /** Finds every implementation of {@code type} that {@code loader} can see. */
  public static <S extends Named> Registry<S> discover(Class<S> type, ClassLoader loader) {
    Registry<S> registry = new Registry<>(type.getSimpleName());
    ServiceLoader.load(type, loader).forEach(registry::add);
    return registry;
  }

  private void add(S found) {
    requireFree(found.name(), found);
    byName.put(found.name(), found);
    for (String alias : found.aliases()) {
      requireFree(alias, found);
      byAlias.put(alias, found);
    }
  }

  private void requireFree(String name, S found) {
    find(name)
        .ifPresent(
            earlier -> {
              throw new IllegalStateException(
                  "two of kind %s are named '%s': %s and %s; remove one jar or rename one"
                      .formatted(
                          kind, name, earlier.getClass().getName(), found.getClass().getName()));
            });
  }

  /** Returns every implementation, by name in alphabetical order. */
  public List<S> all() {
    return List.copyOf(byName.values());
  }

  /** Returns the names in alphabetical order, without aliases. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** Returns the implementation of that name or alias. */
  public Optional<S> find(String name) {
    return Optional.ofNullable(byName.get(name)).or(() -> Optional.ofNullable(byAlias.get(name)));
  }

  /**
   * Returns the implementation of that name or alias.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names that exist
   */
  public S get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no %s named '%s'; the class path has: %s"
                        .formatted(kind, name, String.join(", ", byName.keySet()))));
  }
}
