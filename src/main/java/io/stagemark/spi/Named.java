package io.stagemark.spi;

import java.util.List;

/** A part that a config chooses by name. */
public interface Named {

  /** Returns the name that a config uses: lower case, digits and hyphens. */
  String name();

  /** Returns former names that configs may still use; results show {@link #name}. */
  default List<String> aliases() {
    return List.of();
  }
}
