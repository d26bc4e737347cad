package io.stagemark.cli;

/** What the program ends with. */
final class ExitCode {
  static final int OK = 0;
  static final int BAD_INPUT = 2;
  static final int FAILED_RUN = 3;

  private ExitCode() {}
}
