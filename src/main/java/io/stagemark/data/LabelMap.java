package io.stagemark.data;

import java.util.List;

/**
 * The class names of a model, by class index.
 *
 * @param names one name a class, in the order of the model's output
 */
public record LabelMap(List<String> names) {
  public LabelMap {
    names = List.copyOf(names);
  }

  /** Returns the number of classes. */
  public int size() {
    return names.size();
  }

  /** Returns the name of a class; throws {@link IndexOutOfBoundsException} for one that is not. */
  public String name(int classId) {
    return names.get(classId);
  }
}
