package io.stagemark.data;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Chooses, once a JVM, between loops written with the incubating Vector API and their plain twins.
 * Both give the same bits; {@link #description} goes into the report.
 *
 * <p>The Vector API is used where its module is there ({@code --add-modules jdk.incubator.vector},
 * which each trial's JVM gets) unless {@code -Dstagemark.vector=off}. The API changes from JDK to
 * JDK: a loop that this JDK cannot link is replaced by its plain twin, and the report names it.
 */
public final class VectorApi {
  /** What {@link #description} returns where every loop is of the Vector API. */
  public static final String ALL_VECTOR = "Vector API loops";

  private static final String MODULE = "jdk.incubator.vector";
  private static final boolean OFF = "off".equals(System.getProperty("stagemark.vector"));
  private static final boolean PRESENT = ModuleLayer.boot().findModule(MODULE).isPresent();

  /** By class of a loop that was asked for: empty if it runs, else why this JDK cannot link it. */
  private static final Map<String, Optional<String>> REFUSED = new ConcurrentHashMap<>();

  private VectorApi() {}

  /** Returns which loops this JVM runs so far, and why, in a few words. */
  public static String description() {
    if (OFF) {
      return "plain Java loops (stagemark.vector=off)";
    }
    if (!PRESENT) {
      return "plain Java loops (no module " + MODULE + ")";
    }
    String refused =
        REFUSED.entrySet().stream()
            .filter(loop -> loop.getValue().isPresent())
            .map(loop -> simpleName(loop.getKey()) + ": " + loop.getValue().orElseThrow())
            .sorted()
            .collect(Collectors.joining("; "));
    return refused.isEmpty()
        ? ALL_VECTOR
        : ALL_VECTOR + ", but plain Java for those that this JDK cannot link: " + refused;
  }

  /**
   * Makes a loop with the Vector API, or its plain twin where this JVM cannot run it.
   *
   * @param type what both are
   * @param vectorClass as for {@link #find}
   * @param plain makes the twin
   */
  public static <T> T choose(Class<T> type, String vectorClass, Supplier<T> plain) {
    return find(type, vectorClass).orElseGet(plain);
  }

  /**
   * Makes a loop with the Vector API; empty where this JVM cannot run it.
   *
   * @param type what it is
   * @param vectorClass its class: a {@link VectorLoop} in {@code type}'s package with a constructor
   *     without parameters; not loaded where the module is absent
   */
  public static <T> Optional<T> find(Class<T> type, String vectorClass) {
    if (!PRESENT || OFF) {
      return Optional.empty();
    }
    String name = type.getPackageName() + "." + vectorClass;
    if (REFUSED.computeIfAbsent(name, VectorApi::firstRun).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(type.cast(make(name)));
  }

  /** Links the class; returns what is missing, if anything is. */
  private static Optional<String> firstRun(String name) {
    try {
      make(name).runEveryPath();
      return Optional.empty();
    } catch (LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Optional.of(cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }
  }

  private static VectorLoop make(String name) {
    try {
      var constructor = Class.forName(name).getDeclaredConstructor();
      constructor.setAccessible(true);
      return (VectorLoop) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      if (e.getCause() instanceof LinkageError missing) {
        throw missing;
      }
      throw new IllegalStateException("the build lacks " + name, e);
    }
  }

  private static String simpleName(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
