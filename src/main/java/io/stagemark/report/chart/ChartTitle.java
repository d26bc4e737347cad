package io.stagemark.report.chart;

/**
 * What a chart says to a reader who cannot see it.
 *
 * @param id unique in the page: letters, digits and hyphens
 * @param title what it shows
 * @param description what can be read from it, in a sentence
 */
public record ChartTitle(String id, String title, String description) {
  public ChartTitle {
    if (!id.matches("[A-Za-z][A-Za-z0-9-]*")) {
      throw new IllegalArgumentException("a chart's id is letters, digits and hyphens: " + id);
    }
  }

  /** Returns the same for another picture of the same figures, such as the narrow one. */
  public ChartTitle with(String suffix) {
    return new ChartTitle(id + "-" + suffix, title, description);
  }
}
