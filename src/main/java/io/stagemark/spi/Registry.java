package io.stagemark.spi;

import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
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

  /**
   * Finds every implementation of {@code type} that {@code loader} can see.
   *
   * @throws PluginException if one cannot be loaded (a class it needs is missing, it was built for
   *     a newer Java) or is not {@linkplain Named#requireUsable usable}, or two have one name
   */
  public static <S extends Named> Registry<S> discover(Class<S> type, ClassLoader loader) {
    Registry<S> registry = new Registry<>(type.getSimpleName());
    try {
      ServiceLoader.load(type, loader).forEach(registry::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new PluginException(
          "a plugin of kind %s cannot be loaded: %s; remove its jar from plugins/ and from"
                  .formatted(type.getSimpleName(), reason(e))
              + " STAGEMARK_CLASSPATH, or get one that was built for this version",
          e);
    }
    return registry;
  }

  /** The error's own words, and the first cause's: the class that is missing is named there. */
  private static String reason(Throwable error) {
    String text = String.valueOf(error.getMessage());
    return error.getCause() == null ? text : text + " (" + error.getCause() + ")";
  }

  /**
   * Returns the name of the jar or folder that an implementation comes from; empty for one of the
   * program's own.
   */
  public Optional<String> origin(S found) {
    Optional<Path> place = place(found.getClass());
    return place.equals(place(Registry.class))
        ? Optional.empty()
        : place.map(path -> String.valueOf(path.getFileName()));
  }

  private static Optional<Path> place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return source == null || source.getLocation() == null
          ? Optional.empty()
          : Optional.of(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty(); // a class loader of another kind
    }
  }

  private void add(S found) {
    List<String> names = new ArrayList<>();
    try {
      names.add(Objects.requireNonNull(found.name(), "it has no name"));
      names.addAll(found.aliases());
      found.requireUsable();
    } catch (PluginException e) {
      throw e; // another part, which this one needs
    } catch (RuntimeException | LinkageError e) {
      throw new PluginException(
          "%s, of kind %s, cannot be used: %s; remove its jar from plugins/ and from"
                  .formatted(described(found), kind, e)
              + " STAGEMARK_CLASSPATH, or get one that was built for this version",
          e);
    }
    names.forEach(name -> requireFree(name, found));
    byName.put(names.get(0), found);
    names.subList(1, names.size()).forEach(alias -> byAlias.put(alias, found));
  }

  private void requireFree(String name, S found) {
    find(name)
        .ifPresent(
            earlier -> {
              throw new PluginException(
                  "two of kind %s are named '%s': %s and %s; remove one jar or rename one"
                      .formatted(kind, name, described(earlier), described(found)));
            });
  }

  private String described(S found) {
    String name = found.getClass().getName();
    return origin(found).map(jar -> name + " in " + jar).orElse(name);
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
