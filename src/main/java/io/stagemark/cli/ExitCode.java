package io.stagemark.cli;

import io.stagemark.result.comparison.Comparison;

/** What the program ends with. */
final class ExitCode {
  static final int OK = 0;
  static final int REGRESSION = 1;
  static final int BAD_INPUT = 2;
  static final int FAILED_RUN = 3;
  static final int INCONCLUSIVE = 4;

  private ExitCode() {}

  /**
   * Returns what a comparison ends with.
   *
   * @param strict whether an open verdict fails too
   */
  static int of(Comparison comparison, boolean strict) {
    if (!comparison.failures().isEmpty()) {
      return FAILED_RUN;
    }
    return switch (comparison.overall()) {
      case REGRESSED -> REGRESSION;
      case INCONCLUSIVE -> strict ? INCONCLUSIVE : OK;
      case IMPROVED, EQUIVALENT -> OK;
    };
  }
}
