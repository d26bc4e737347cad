package io.stagemark.report.chart;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Rows of dots on one axis, each with an interval: trials side by side, or differences with a line
 * at none.
 */
public final class DotRows {
  private static final int FONT = 12;
  private static final double ROW = 30;
  private static final double NARROW = 500;

  private DotRows() {}

  /**
   * One dot.
   *
   * @param value on the axis
   * @param title shown under the pointer
   * @param data attributes {@code data-…}, by name
   */
  public record Dot(double value, String title, Map<String, String> data) {}

  /**
   * An interval with its middle.
   *
   * @param value the figure
   * @param low lower end
   * @param high upper end
   * @param title shown under the pointer
   */
  public record Span(double value, double low, double high, String title) {}

  /**
   * One row.
   *
   * @param label its name
   * @param style number of the series, for its colour and shape
   * @param dots in any order
   * @param span drawn behind the dots
   * @param value written at the right
   */
  public record Row(String label, int style, List<Dot> dots, Optional<Span> span, String value) {
    public Row {
      dots = List.copyOf(dots);
    }
  }

  /**
   * What the axis is.
   *
   * @param name what it measures, with its unit
   * @param kind LINEAR or LOG
   * @param zero a number with a line of its own, such as 0 for differences
   * @param band half the width of the margin around {@code zero}
   */
  public record Axis(String name, Scale.Kind kind, OptionalDouble zero, OptionalDouble band) {}

  /**
   * Returns the picture.
   *
   * @param widthPx of it; below 500 px a label is above its row
   * @param rows at least one with a dot or an interval
   */
  public static String svg(ChartTitle title, double widthPx, Axis axis, List<Row> rows) {
    boolean above = widthPx < NARROW;
    double values = widest(rows.stream().map(Row::value).toList()) + 12;
    double labels =
        above ? 8 : Math.min(0.3 * widthPx, widest(rows.stream().map(Row::label).toList()) + 14);
    Scale x = scale(axis, rows, labels, widthPx - Math.max(12, values));
    Svg svg = new Svg(widthPx);
    double top = 8;
    double step = above ? ROW + 12 : ROW;
    double bottom = top + rows.size() * step;
    band(svg, axis, x, top, bottom);
    for (double tick : x.ticks(above ? 4 : 8)) {
      svg.line(x.at(tick), top, x.at(tick), bottom, "grid");
    }
    axis.zero().ifPresent(zero -> svg.line(x.at(zero), top, x.at(zero), bottom, "zero"));
    for (int i = 0; i < rows.size(); i++) {
      double middle = top + i * step + (above ? 27 : ROW / 2);
      row(svg, x, rows.get(i), new Spot(above ? -1 : labels, middle));
    }
    Ticks.below(svg, x, bottom, axis.name());
    return svg.document(title, bottom + 34);
  }

  private static double widest(List<String> texts) {
    return texts.stream().mapToDouble(text -> TextWidth.of(text, FONT)).max().orElse(0);
  }

  private static Scale scale(Axis axis, List<Row> rows, double from, double to) {
    double least = axis.zero().orElse(Double.POSITIVE_INFINITY);
    double most = axis.zero().orElse(Double.NEGATIVE_INFINITY);
    for (Row row : rows) {
      for (Dot dot : row.dots()) {
        least = Math.min(least, dot.value());
        most = Math.max(most, dot.value());
      }
      least = Math.min(least, row.span().map(Span::low).orElse(least));
      most = Math.max(most, row.span().map(Span::high).orElse(most));
    }
    double margin = axis.band().orElse(0);
    least = Math.min(least, axis.zero().orElse(least) - margin);
    most = Math.max(most, axis.zero().orElse(most) + margin);
    return Scale.around(axis.kind(), least, most, from, to);
  }

  private static void band(Svg svg, Axis axis, Scale x, double top, double bottom) {
    if (axis.band().isPresent() && axis.zero().isPresent()) {
      double left = x.at(axis.zero().getAsDouble() - axis.band().getAsDouble());
      double right = x.at(axis.zero().getAsDouble() + axis.band().getAsDouble());
      svg.rect(new Area(left, top, right - left, bottom - top), "margin");
    }
  }

  private static void row(Svg svg, Scale x, Row row, Spot label) {
    double y = label.y();
    if (label.x() < 0) {
      String name = TextWidth.shortened(row.label(), FONT, svg.widthPx());
      svg.text(new Spot(0, y - 13), "start", "label", name);
    } else {
      String name = TextWidth.shortened(row.label(), FONT, label.x() - 12);
      svg.text(new Spot(label.x() - 10, y + 4), "end", "label", name);
    }
    String color = " c" + Math.floorMod(row.style(), 8);
    row.span()
        .ifPresent(
            span -> {
              double left = x.at(span.low());
              double width = Math.max(1, x.at(span.high()) - left);
              svg.rect(new Area(left, y - 7, width, 14), "span" + color, span.title(), Map.of());
              svg.line(x.at(span.value()), y - 9, x.at(span.value()), y + 9, "middle" + color);
            });
    for (Dot dot : row.dots()) {
      Spot at = new Spot(x.at(dot.value()), y);
      svg.marker(Marker.of(row.style()), at, "mark dot" + color, dot.title(), dot.data());
    }
    svg.text(new Spot(svg.widthPx(), y + 4), "end", "value", row.value());
  }
}
