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

  /**
   * Asks for what the program will ask for first. The registry calls it, so that a part that cannot
   * answer, for want of a class or because it was built for another version, is refused when it is
   * found and not in the middle of a command.
   */
  default void requireUsable() {}
}
