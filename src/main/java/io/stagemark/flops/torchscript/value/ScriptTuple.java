package io.stagemark.flops.torchscript.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tuple of a script.
 *
 * @param items its values, which may be null (None)
 * @param names of the items of a named tuple; else empty
 */
public record ScriptTuple(List<@Nullable Object> items, List<String> names) {
  public ScriptTuple {
    items = Collections.unmodifiableList(new ArrayList<>(items));
    names = List.copyOf(names);
  }

  public static ScriptTuple of(List<@Nullable Object> items) {
    return new ScriptTuple(items, List.of());
  }
}
