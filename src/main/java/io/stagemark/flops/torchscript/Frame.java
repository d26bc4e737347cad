package io.stagemark.flops.torchscript;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of one call. */
final class Frame {
  private final Map<String, @Nullable Object> variables = new HashMap<>();
  private final String path;
  private final String function;
  private @Nullable Object result;

  /**
   * Makes a call without variables.
   *
   * @param path of the module that is called, such as {@code layer1.0}
   * @param function the name of the function or method
   */
  Frame(String path, String function) {
    this.path = path;
    this.function = function;
  }

  Map<String, @Nullable Object> variables() {
    return variables;
  }

  String path() {
    return path;
  }

  /** Returns a place in this call for a message, such as {@code layer1.0.forward, line 12}. */
  String place(int line) {
    String name = path.isEmpty() ? function : path + "." + function;
    return line > 0 ? "%s, line %d".formatted(name, line) : name;
  }

  @Nullable Object result() {
    return result;
  }

  void returns(@Nullable Object value) {
    result = value;
  }
}
