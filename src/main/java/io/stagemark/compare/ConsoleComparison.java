package io.stagemark.compare;

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
