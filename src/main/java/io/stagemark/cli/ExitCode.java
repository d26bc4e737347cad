package io.stagemark.cli;

import io.stagemark.config.gate.Policy.OnBlind;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.Verdict;

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
    boolean open = strict && comparison.overall() == Verdict.INCONCLUSIVE;
    return switch (comparison.outcome()) {
      case NOT_FINISHED -> FAILED_RUN;
      case REGRESSED -> REGRESSION;
      case CANNOT_TELL ->
          strict || comparison.setup().onBlind() == OnBlind.FAIL ? INCONCLUSIVE : OK;
      case IMPROVED, NO_REGRESSION -> open ? INCONCLUSIVE : OK;
    };
  }
}
