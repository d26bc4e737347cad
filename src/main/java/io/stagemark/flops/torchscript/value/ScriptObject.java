package io.stagemark.flops.torchscript.value;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A module or other object of a script, as its pickle restores it. */
public final class ScriptObject {
  private final String type;
  private final Map<String, @Nullable Object> fields = new HashMap<>();
  private String path = "";

  public ScriptObject(String type) {
    this.type = type;
  }

  /** Returns the qualified name of its class. */
  public String type() {
    return type;
  }

  public Map<String, @Nullable Object> fields() {
    return fields;
  }

  /**
   * Returns where it hangs below the model, such as {@code layer1.0.conv1}; empty for the model.
   */
  public String path() {
    return path;
  }

  /** Names everything below this object by the fields that lead there; the first way wins. */
  public void name() {
    for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
      if (field.getValue() instanceof ScriptObject child && child.path.isEmpty()) {
        child.path = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
        child.name();
      }
    }
  }

  @Override
  public String toString() {
    return type + " " + path;
  }
}
