package io.stagemark.report.comparison;

import io.stagemark.result.comparison.Comparison;

/** A comparison for a terminal. */
public final class ConsoleComparison implements ComparisonReporter {
  @Override
  public String name() {
    return "console";
  }

  @Override
  public String render(Comparison comparison) {
    return ConsoleText.of(comparison);
  }
}
