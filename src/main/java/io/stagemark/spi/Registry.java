package io.stagemark.spi;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** All implementations of one extension point on the class path, by name. */
public final class Registry<S extends Named> {
  private final Map<String, S> byName = new TreeMap<>();
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
    S earlier = byName.put(found.name(), found);
    if (earlier != null) {
      throw new IllegalStateException(
          "two of kind %s are named '%s': %s and %s; remove one jar or rename one"
              .formatted(
                  kind, found.name(), earlier.getClass().getName(), found.getClass().getName()));
    }
  }

  /** Returns every implementation, by name in alphabetical order. */
  public List<S> all() {
    return List.copyOf(byName.values());
  }

  /** Returns the names in alphabetical order. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** Returns the one of that name, or throws with the names that exist. */
  public S get(String name) {
    S found = byName.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "no %s named '%s'; the class path has: %s"
              .formatted(kind, name, String.join(", ", byName.keySet())));
    }
    return found;
  }
}
