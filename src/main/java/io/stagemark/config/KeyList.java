package io.stagemark.config;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/** The keys that a section may have, in the order in which they are declared. */
public final class KeyList extends AbstractList<Key<?>> {
  private final List<Key<?>> keys = new ArrayList<>();

  /** Adds a key where it is declared, and returns it. */
  public <T> Key<T> declare(Key<T> key) {
    keys.add(key);
    return key;
  }

  /** As {@link Key#required}. */
  public <T> Key<T> required(String name, ValueRange<T> range, String example) {
    return declare(Key.required(name, range, example));
  }

  /** As {@link Key#defaulted}. */
  public <T> Key<T> defaulted(String name, ValueRange<T> range, String byDefault) {
    return declare(Key.defaulted(name, range, byDefault));
  }

  /** As {@link Key#optional}. */
  public <T> Key<T> optional(String name, ValueRange<T> range, String example, String otherwise) {
    return declare(Key.optional(name, range, example, otherwise));
  }

  @Override
  public Key<?> get(int index) {
    return keys.get(index);
  }

  @Override
  public int size() {
    return keys.size();
  }
}
