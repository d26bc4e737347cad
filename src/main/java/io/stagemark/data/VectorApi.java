package io.stagemark.data;

import java.util.function.Supplier;

/**
 * Chooses, once a JVM, between loops written with the incubating Vector API and their plain twins.
 * Both give the same bits; {@link #description} goes into the report.
 *
 * <p>The Vector API is taken where its module is there ({@code --add-modules jdk.incubator.vector},
 * which {@code ./stagemark} passes) unless {@code -Dstagemark.vector=off}.
 */
public final class VectorApi {
  private static final String MODULE = "jdk.incubator.vector";
  private static final boolean OFF = "off".equals(System.getProperty("stagemark.vector"));
  private static final boolean PRESENT = ModuleLayer.boot().findModule(MODULE).isPresent();

  private VectorApi() {}

  /** Returns what the loops are made of, and why, in a few words. */
  public static String description() {
    if (OFF) {
      return "plain Java loops (stagemark.vector=off)";
    }
    return PRESENT ? "Vector API loops" : "plain Java loops (no module " + MODULE + ")";
  }

  /**
   * Makes a loop.
   *
   * @param type what both are
   * @param vectorClass the class with the Vector API, in {@code type}'s package, with a constructor
   *     without parameters; it is not linked unless it is taken
   * @param plain makes its twin
   */
  public static <T> T choose(Class<T> type, String vectorClass, Supplier<T> plain) {
    return isUsed() ? load(type, vectorClass) : plain.get();
  }

  /** Returns whether the Vector API is taken. */
  public static boolean isUsed() {
    return PRESENT && !OFF;
  }

  /** Makes a loop with the Vector API; see {@link #choose}. */
  public static <T> T load(Class<T> type, String vectorClass) {
    String name = type.getPackageName() + "." + vectorClass;
    try {
      var constructor = Class.forName(name).getDeclaredConstructor();
      constructor.setAccessible(true);
      return type.cast(constructor.newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the build lacks " + name, e);
    }
  }
}
