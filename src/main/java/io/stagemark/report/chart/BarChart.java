package io.stagemark.report.chart;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Horizontal bars, one a row, each of segments side by side, on one axis: stages of cases, parts of
 * a start, time by operator.
 */
public final class BarChart {
  private static final int FONT = 12;
  private static final double BAR = 18;
  private static final double ROW = 34;
  private static final double NARROW = 500;

  private BarChart() {}

  /**
   * A part of a bar.
   *
   * @param style class, such as {@code s-forward}
   * @param from where it begins on the axis
   * @param to where it ends
   * @param text written in it where it fits, and elsewhere left out
   * @param title shown under the pointer
   * @param data attributes {@code data-…}, by name
   */
  public record Segment(
      String style, double from, double to, String text, String title, Map<String, String> data) {}

  /**
   * An interval drawn under a bar.
   *
   * @param value its middle
   * @param low its lower end
   * @param high its upper end
   * @param title shown under the pointer
   */
  public record Whisker(double value, double low, double high, String title) {}

  /**
   * One bar.
   *
   * @param label its name
   * @param segments from left to right; empty for one without figures
   * @param whisker of its end
   * @param value written to its right
   */
  public record Row(String label, List<Segment> segments, Optional<Whisker> whisker, String value) {
    public Row {
      segments = List.copyOf(segments);
    }

    double end() {
      double most = segments.stream().mapToDouble(Segment::to).max().orElse(0);
      return Math.max(most, whisker.map(Whisker::high).orElse(0.0));
    }
  }

  /**
   * Returns the picture.
   *
   * @param widthPx of it; below 500 px a label is above its bar
   * @param axis what the axis measures, such as {@code ms}
   * @param legend name by style, in order; empty for none
   * @param rows at least one with a segment
   */
  public static String svg(
      ChartTitle title, double widthPx, String axis, Map<String, String> legend, List<Row> rows) {
    boolean above = widthPx < NARROW;
    // the values are in bold
    double values = 1.12 * widest(rows.stream().map(Row::value).toList()) + 12;
    double labels =
        above ? 0 : Math.min(0.3 * widthPx, widest(rows.stream().map(Row::label).toList()) + 14);
    Svg svg = new Svg(widthPx);
    double top = Legend.draw(svg, new Spot(0, 4), legend) + 10;
    double most = rows.stream().mapToDouble(Row::end).max().orElse(1);
    Scale x =
        new Scale(
            Scale.Kind.LINEAR, 0, most > 0 ? most : 1, labels, widthPx - Math.max(24, values));
    double step = above ? ROW + 16 : ROW;
    double bottom = top + rows.size() * step;
    for (double tick : x.ticks(above ? 4 : 8)) {
      svg.line(x.at(tick), top, x.at(tick), bottom, "grid");
    }
    for (int i = 0; i < rows.size(); i++) {
      double bar = top + i * step + (above ? 20 : (ROW - BAR) / 2);
      row(svg, x, rows.get(i), bar, labels);
    }
    Ticks.below(svg, x, bottom, axis);
    return svg.document(title, bottom + 34);
  }

  private static double widest(List<String> texts) {
    return texts.stream().mapToDouble(text -> TextWidth.of(text, FONT)).max().orElse(0);
  }

  private static void row(Svg svg, Scale x, Row row, double top, double labels) {
    if (labels == 0) {
      String name = TextWidth.shortened(row.label(), FONT, svg.widthPx());
      svg.text(new Spot(0, top - 6), "start", "label", name);
    } else {
      String name = TextWidth.shortened(row.label(), FONT, labels - 12);
      svg.text(new Spot(labels - 10, top + BAR - 5), "end", "label", name);
    }
    for (Segment segment : row.segments()) {
      Area area =
          new Area(
              x.at(segment.from()),
              top,
              Math.max(0.6, x.at(segment.to()) - x.at(segment.from())),
              BAR);
      svg.rect(area, "mark " + segment.style(), segment.title(), segment.data());
      if (TextWidth.of(segment.text(), FONT) + 8 <= area.width()) {
        Spot middle = new Spot(area.left() + area.width() / 2, top + BAR - 5);
        svg.text(middle, "middle", "in in-" + segment.style(), segment.text());
      }
    }
    row.whisker().ifPresent(whisker -> whisker(svg, x, whisker, top));
    svg.text(new Spot(x.at(row.end()) + 8, top + BAR - 5), "start", "value", row.value());
  }

  private static void whisker(Svg svg, Scale x, Whisker whisker, double top) {
    double middle = top + BAR + 5;
    double low = x.at(whisker.low());
    double high = x.at(whisker.high());
    String path =
        "M%1$s %3$sH%2$sM%1$s %4$sV%5$sM%2$s %4$sV%5$s"
            .replace("%1$s", Svg.number(low))
            .replace("%2$s", Svg.number(high))
            .replace("%3$s", Svg.number(middle))
            .replace("%4$s", Svg.number(middle - 3))
            .replace("%5$s", Svg.number(middle + 3));
    svg.path(path, "whisker", whisker.title(), Map.of());
    Area middleMark = new Area(x.at(whisker.value()) - 1.5, middle - 4, 3, 8);
    svg.rect(middleMark, "center", whisker.title(), Map.of());
  }
}
