package io.stagemark.report.comparison;

import io.stagemark.data.BadInputException;
import io.stagemark.report.page.HtmlPage;
import io.stagemark.report.page.Page;
import io.stagemark.result.comparison.Comparison;
import java.io.IOException;
import java.nio.file.Path;
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

  @Override
  public String render(Comparison comparison, Path folder) throws IOException, BadInputException {
    return HtmlPage.of(page(comparison, folder));
  }

  /** Returns the page without what the samples show. */
  public static Page page(Comparison comparison) {
    return ComparisonPage.of(comparison, Optional.empty());
  }

  /**
   * Returns the page.
   *
   * @param folder of the comparison, with the samples of its pairs
   * @throws IOException if a file of samples cannot be read
   * @throws BadInputException if one is damaged
   */
  public static Page page(Comparison comparison, Path folder)
      throws IOException, BadInputException {
    return ComparisonPage.of(comparison, PairFigures.of(comparison, folder));
  }

  @Override
  public Optional<String> file() {
    return Optional.of("index.html");
  }
}
