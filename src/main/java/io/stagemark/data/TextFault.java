package io.stagemark.data;

import java.io.IOException;
import java.nio.file.Path;

/** Why a file is no text that this program reads: what was found, where, and what helps. */
public final class TextFault extends IOException {
  private static final long serialVersionUID = 1L;

  private final String found;
  private final int line;
  private final String tryThis;

  /**
   * @param found such as {@code the byte 0xE4 at offset 7, which is not UTF-8}
   * @param line from 1; 0 where the file as a whole is at fault
   * @param tryThis what helps
   */
  TextFault(String found, int line, String tryThis) {
    super(found);
    this.found = found;
    this.line = line;
    this.tryThis = tryThis;
  }

  /** Returns what is in the file. */
  public String found() {
    return found;
  }

  /** Returns the line, from 1; 0 where the file as a whole is at fault. */
  public int line() {
    return line;
  }

  /** Returns the next step for the user. */
  public String tryThis() {
    return tryThis;
  }

  /** Returns the file's name as shown, with the line behind it where there is one. */
  public String where(String shown) {
    return line == 0 ? shown : shown + ":" + line;
  }

  /**
   * Returns the fault as a user's problem.
   *
   * @param expected what the file should have been
   */
  public Problem problem(Path file, String expected) {
    return new Problem(where(file.toString()), found, expected, tryThis);
  }
}
