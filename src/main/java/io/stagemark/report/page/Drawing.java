package io.stagemark.report.page;

import io.stagemark.report.chart.ChartTitle;
import java.util.List;
import java.util.Optional;

/**
 * Draws a chart twice: for screens and paper, and for phones, in a width that can be read there.
 */
public final class Drawing {
  /** Width for screens and paper, in px. */
  public static final double WIDE = 960;

  /** Width for phones, in px. */
  public static final double NARROW = 340;

  private Drawing() {}

  /** A chart that can be drawn in any width. */
  public interface Chart {
    /** Returns the picture. */
    String svg(ChartTitle title, double widthPx);
  }

  /**
   * Returns the figure.
   *
   * @param title of it; its id is the figure's anchor
   * @param caption how to read it
   * @param chart drawn twice
   * @param table every figure of it
   */
  public static Block.Figure figure(
      ChartTitle title, String caption, Chart chart, Optional<Block.Table> table) {
    return figure(title, caption, chart, table, Optional.empty(), List.of());
  }

  /** Returns a figure that is drawn once, small: one of many side by side. */
  public static Block.Figure small(
      ChartTitle title, Chart chart, List<String> notes, Block.Table table) {
    return new Block.Figure(
        title.id(),
        title.title(),
        "",
        "",
        chart.svg(title.with("n"), NARROW),
        Optional.empty(),
        notes,
        Optional.of(table));
  }

  /**
   * Returns the figure.
   *
   * @param zoom its series for the zooming script
   * @param notes below it
   */
  public static Block.Figure figure(
      ChartTitle title,
      String caption,
      Chart chart,
      Optional<Block.Table> table,
      Optional<Block.Zoom> zoom,
      List<String> notes) {
    return new Block.Figure(
        title.id(),
        title.title(),
        caption,
        chart.svg(title.with("w"), WIDE),
        chart.svg(title.with("n"), NARROW),
        zoom,
        notes,
        table);
  }
}
