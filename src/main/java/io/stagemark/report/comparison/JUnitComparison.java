package io.stagemark.report.comparison;

import io.stagemark.result.comparison.Comparison;
import java.util.Optional;

/** A comparison as JUnit XML. */
public final class JUnitComparison implements ComparisonReporter {
  @Override
  public String name() {
    return "junit";
  }

  @Override
  public String render(Comparison comparison) {
    return JUnitXml.of(comparison);
  }

  @Override
  public Optional<String> file() {
    return Optional.of("comparison.xml");
  }
}
