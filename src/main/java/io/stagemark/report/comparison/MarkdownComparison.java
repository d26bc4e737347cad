package io.stagemark.report.comparison;

import io.stagemark.result.comparison.Comparison;
import java.util.Optional;

/** A comparison as a Markdown page. */
public final class MarkdownComparison implements ComparisonReporter {
  @Override
  public String name() {
    return "markdown";
  }

  @Override
  public String render(Comparison comparison) {
    return MarkdownPage.of(comparison);
  }

  @Override
  public Optional<String> file() {
    return Optional.of("comparison.md");
  }
}
