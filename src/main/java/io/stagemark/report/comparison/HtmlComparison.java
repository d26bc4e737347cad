package io.stagemark.report.comparison;

import io.stagemark.report.page.HtmlPage;
import io.stagemark.report.page.Page;
import io.stagemark.result.comparison.Comparison;
import java.io.IOException;
import java.util.Optional;

/** A comparison as a page: one file of HTML that needs neither network nor scripts. */
public final class HtmlComparison implements ComparisonReporter {
  @Override
  public String name() {
    return "html";
  }

  @Override
  public String render(Comparison comparison) throws IOException {
    return HtmlPage.of(page(comparison));
  }

  /** Returns the page. */
  public static Page page(Comparison comparison) {
    return ComparisonPage.of(comparison);
  }

  @Override
  public Optional<String> file() {
    return Optional.of("index.html");
  }
}
