package io.stagemark.cli;

import java.util.Locale;

/** How a command prints figures. */
enum TextFormat {
  TABLE,
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
