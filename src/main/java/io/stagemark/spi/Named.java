package io.stagemark.spi;

/** A part that a config chooses by name. */
public interface Named {

  /** Returns the name that a config uses: lower case, digits and hyphens. */
  String name();
}
