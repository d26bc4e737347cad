package io.stagemark.flops.onnx.walk;

import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values by name; a body of control flow also sees those of the graph around it. */
final class Scope {
  private final Map<String, Value> values = new HashMap<>();
  private final @Nullable Scope outer;

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  void put(String name, Value value) {
    if (!name.isEmpty()) {
      values.put(name, value);
    }
  }

  /**
   * Returns the value of a name; {@link Value#ABSENT} for the empty one.
   *
   * @throws GraphFault if nothing makes it
   */
  Value get(String name, String reader) {
    if (name.isEmpty()) {
      return Value.ABSENT;
    }
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Value found = scope.values.get(name);
      if (found != null) {
        return found;
      }
    }
    throw new GraphFault(
        reader,
        "reads '%s', which nothing makes".formatted(name),
        "an input, an initializer or the output of a node",
        "check the model with onnx.checker, or export it again");
  }
}
