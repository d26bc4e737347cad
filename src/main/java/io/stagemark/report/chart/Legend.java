package io.stagemark.report.chart;

import java.util.Map;

/** Names of styles in rows above a chart. */
final class Legend {
  private static final int FONT = 12;
  private static final double LINE = 20;

  private Legend() {}

  /**
   * Draws it.
   *
   * @param from its left upper corner
   * @param names by style: a class of areas such as {@code s-forward}
   * @return the y of its lower end
   */
  static double draw(Svg svg, Spot from, Map<String, String> names) {
    double x = from.x();
    double y = from.y();
    if (names.isEmpty()) {
      return y;
    }
    for (Map.Entry<String, String> each : names.entrySet()) {
      String name = TextWidth.shortened(each.getValue(), FONT, svg.widthPx() - 22);
      double width = 18 + TextWidth.of(name, FONT) + 16;
      if (x > from.x() && x + width > svg.widthPx()) {
        x = from.x();
        y += LINE;
      }
      svg.rect(new Area(x, y + 1, 12, 12), each.getKey());
      svg.text(new Spot(x + 18, y + 11), "start", "legend", name);
      x += width;
    }
    return y + LINE;
  }

  /**
   * Draws the marks and dashes of numbered series.
   *
   * @param names by the number of the series
   * @return the y of its lower end
   */
  static double ofSeries(Svg svg, Spot from, Map<Integer, String> names) {
    double x = from.x();
    double y = from.y();
    for (Map.Entry<Integer, String> each : names.entrySet()) {
      int series = Math.floorMod(each.getKey(), 8);
      String name = TextWidth.shortened(each.getValue(), FONT, svg.widthPx() - 32);
      double width = 28 + TextWidth.of(name, FONT) + 16;
      if (x > from.x() && x + width > svg.widthPx()) {
        x = from.x();
        y += LINE;
      }
      svg.line(x, y + 7, x + 22, y + 7, "curve c" + series);
      svg.marker(Marker.of(series), new Spot(x + 11, y + 7), "dot c" + series, "", Map.of());
      svg.text(new Spot(x + 28, y + 11), "start", "legend", name);
      x += width;
    }
    return names.isEmpty() ? y : y + LINE;
  }
}
