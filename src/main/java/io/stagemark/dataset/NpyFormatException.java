package io.stagemark.dataset;

/** A file that is no NumPy array that a tensor can hold. */
final class NpyFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String found;

  NpyFormatException(String found) {
    super(found);
    this.found = found;
  }

  String found() {
    return found;
  }
}
