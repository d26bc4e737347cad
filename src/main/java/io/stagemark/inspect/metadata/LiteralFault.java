package io.stagemark.inspect.metadata;

/** A text that is no Python literal: what was found, and where. */
public final class LiteralFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final int position;

  LiteralFault(String found, int position) {
    super(found);
    this.position = position;
  }

  /** Returns the index of the character at fault, from 0. */
  public int position() {
    return position;
  }

  /** Returns such as {@code no closing quote, at character 14}. */
  public String text() {
    return getMessage() + ", at character " + position;
  }
}
