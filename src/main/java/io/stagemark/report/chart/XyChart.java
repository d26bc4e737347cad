package io.stagemark.report.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Points and curves over two axes: quantiles with bands, trade-offs with a front, a roofline, rates
 * with a bound.
 */
public final class XyChart {
  private static final int FONT = 12;
  private static final double HEIGHT = 260;

  private XyChart() {}

  /** How the points of a series are joined. */
  public enum Line {
    NONE,
    STRAIGHT,
    /** Not: their intervals alone are one area. */
    BAND,
    /** Horizontal, then vertical: a front, a distribution. */
    STEP
  }

  /**
   * One point.
   *
   * @param x on the horizontal axis
   * @param y on the vertical axis
   * @param low lower end of its interval on the vertical axis
   * @param high upper end
   * @param label written beside it where there is room; empty for none
   * @param title shown under the pointer; a point without one is a corner of the line alone
   * @param data attributes {@code data-…}, by name
   */
  public record Point(
      double x,
      double y,
      OptionalDouble low,
      OptionalDouble high,
      String label,
      String title,
      Map<String, String> data) {

    /** A corner of a line. */
    public static Point corner(double x, double y) {
      return new Point(x, y, OptionalDouble.empty(), OptionalDouble.empty(), "", "", Map.of());
    }
  }

  /**
   * Points that belong together.
   *
   * @param name in the legend; empty for a series without an entry
   * @param style its number: colour, shape and dash
   * @param line how they are joined
   * @param points in the order in which they are joined
   */
  public record Series(String name, int style, Line line, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /**
   * A line across the plot with a name, such as a bound.
   *
   * @param vertical whether it is at an x
   * @param at where
   * @param label its name
   * @param style {@code bound} or {@code absent}
   */
  public record Rule(boolean vertical, double at, String label, String style) {}

  /**
   * One axis.
   *
   * @param name what it measures, with its unit
   * @param kind how distances grow
   * @param low smallest number; the smallest of the points where it is absent
   * @param high largest number
   * @param ticks numbers beside it; empty for round ones
   */
  public record Axis(
      String name, Scale.Kind kind, OptionalDouble low, OptionalDouble high, List<Double> ticks) {
    public Axis {
      ticks = List.copyOf(ticks);
    }

    /** An axis with round numbers beside it. */
    public Axis(String name, Scale.Kind kind, OptionalDouble low, OptionalDouble high) {
      this(name, kind, low, high, List.of());
    }

    /** An axis of settings: each has its number. */
    public static Axis of(String name, Scale.Kind kind, List<Double> settings) {
      return new Axis(name, kind, OptionalDouble.empty(), OptionalDouble.empty(), settings);
    }

    /** An axis that holds its points. */
    public static Axis fitting(String name, Scale.Kind kind) {
      return new Axis(name, kind, OptionalDouble.empty(), OptionalDouble.empty());
    }
  }

  /**
   * What is drawn.
   *
   * @param x horizontal axis
   * @param y vertical axis
   * @param series at least one point in all
   * @param rules lines across
   */
  public record Content(Axis x, Axis y, List<Series> series, List<Rule> rules) {
    public Content {
      series = List.copyOf(series);
      rules = List.copyOf(rules);
    }
  }

  /** Returns the picture. */
  public static String svg(ChartTitle title, double widthPx, Content content) {
    Svg svg = new Svg(widthPx);
    Map<Integer, String> names = new LinkedHashMap<>();
    for (Series series : content.series()) {
      if (!series.name().isEmpty()) {
        names.put(series.style(), series.name());
      }
    }
    double top = Legend.ofSeries(svg, new Spot(0, 2), names) + 6;
    svg.text(
        new Spot(0, top + 10),
        "start",
        "unit",
        TextWidth.shortened(content.y().name(), FONT, widthPx));
    top += 22;
    double bottom = top + HEIGHT;
    // room above the curves for the names of lines
    double room = 17.0 * content.rules().stream().filter(Rule::vertical).count();
    Scale y = vertical(content, bottom, top + Math.min(room, HEIGHT / 3));
    double left = Ticks.room(y);
    Scale x = horizontal(content, left, widthPx - 14);
    Area plot = new Area(left, top, widthPx - 14 - left, HEIGHT);
    grid(svg, plot, across(content, plot, x), x, y);
    content.series().forEach(each -> band(svg, x, y, each));
    LabelPlacer placer = new LabelPlacer(plot);
    content.rules().forEach(rule -> rule(svg, plot, x, y, rule, placer));
    content.series().forEach(each -> curve(svg, x, y, each));
    content.series().forEach(each -> marks(svg, x, y, each, placer));
    content.series().forEach(each -> labels(svg, x, y, each, placer));
    Ticks.below(svg, x, across(content, plot, x), bottom, content.x().name());
    return svg.document(title, bottom + 36);
  }

  private static Scale vertical(Content content, double from, double to) {
    List<Double> values = new ArrayList<>();
    for (Series series : content.series()) {
      for (Point point : series.points()) {
        values.add(point.y());
        point.low().ifPresent(values::add);
        point.high().ifPresent(values::add);
      }
    }
    content.rules().stream().filter(r -> !r.vertical()).map(Rule::at).forEach(values::add);
    return scale(content.y(), values, from, to);
  }

  private static Scale horizontal(Content content, double from, double to) {
    List<Double> values = new ArrayList<>();
    content.series().forEach(s -> s.points().forEach(p -> values.add(p.x())));
    content.rules().stream().filter(Rule::vertical).map(Rule::at).forEach(values::add);
    return scale(content.x(), values, from, to);
  }

  private static Scale scale(Axis axis, List<Double> values, double from, double to) {
    double least = values.stream().mapToDouble(v -> v).min().orElse(0);
    double most = values.stream().mapToDouble(v -> v).max().orElse(1);
    if (axis.kind() == Scale.Kind.TAIL) {
      return new Scale(axis.kind(), axis.low().orElse(0), axis.high().orElse(most), from, to);
    }
    Scale fitting = Scale.around(axis.kind(), least, most, from, to);
    double low = axis.low().orElse(fitting.low());
    double high = Math.max(axis.high().orElse(fitting.high()), low + 1e-12);
    return new Scale(axis.kind(), low, high, from, to);
  }

  private static List<Double> across(Content content, Area plot, Scale x) {
    List<Double> own = content.x().ticks();
    return own.isEmpty() ? x.ticks(Math.max(3, (int) (plot.width() / 60))) : own;
  }

  private static void grid(Svg svg, Area plot, List<Double> across, Scale x, Scale y) {
    for (double tick : y.ticks(Math.max(3, (int) (plot.height() / 36)))) {
      svg.line(plot.left(), y.at(tick), plot.right(), y.at(tick), "grid");
    }
    for (double tick : across) {
      svg.line(x.at(tick), plot.top(), x.at(tick), plot.bottom(), "grid");
    }
    Ticks.left(svg, y, plot.left());
  }

  /** The intervals of a curve are one area, those of single points a whisker each. */
  private static void band(Svg svg, Scale x, Scale y, Series series) {
    String color = " c" + Math.floorMod(series.style(), 8);
    List<Point> known =
        series.points().stream().filter(p -> p.low().isPresent() && p.high().isPresent()).toList();
    if (series.line() == Line.NONE || known.size() < 2) {
      for (Point p : known) {
        double at = x.at(p.x());
        svg.line(
            at,
            y.within(p.low().orElseThrow()),
            at,
            y.within(p.high().orElseThrow()),
            "whisker" + color);
      }
      return;
    }
    StringBuilder path = new StringBuilder();
    for (Point p : known) {
      path.append(path.isEmpty() ? 'M' : 'L').append(Svg.number(x.at(p.x()))).append(' ');
      path.append(Svg.number(y.within(p.high().orElseThrow())));
    }
    for (int i = known.size() - 1; i >= 0; i--) {
      path.append('L').append(Svg.number(x.at(known.get(i).x()))).append(' ');
      path.append(Svg.number(y.within(known.get(i).low().orElseThrow())));
    }
    svg.path(path.append('Z').toString(), "band" + color, "", Map.of());
  }

  private static void curve(Svg svg, Scale x, Scale y, Series series) {
    if (series.line() == Line.NONE || series.line() == Line.BAND || series.points().size() < 2) {
      return;
    }
    StringBuilder path = new StringBuilder();
    for (Point p : series.points()) {
      String across = Svg.number(x.within(p.x()));
      if (path.isEmpty()) {
        path.append('M').append(across).append(' ');
      } else if (series.line() == Line.STEP) {
        path.append('H').append(across).append('V');
      } else {
        path.append('L').append(across).append(' ');
      }
      path.append(Svg.number(y.within(p.y())));
    }
    svg.path(path.toString(), "curve c" + Math.floorMod(series.style(), 8), "", Map.of());
  }

  private static void marks(Svg svg, Scale x, Scale y, Series series, LabelPlacer placer) {
    for (Point p : series.points()) {
      if (!p.title().isEmpty()) {
        Spot at = new Spot(x.within(p.x()), y.within(p.y()));
        String style = "mark dot c" + Math.floorMod(series.style(), 8);
        svg.marker(Marker.of(series.style()), at, style, p.title(), p.data());
        placer.block(new Area(at.x() - 4, at.y() - 4, 8, 8));
      }
    }
  }

  private static void labels(Svg svg, Scale x, Scale y, Series series, LabelPlacer placer) {
    for (Point p : series.points()) {
      if (!p.label().isEmpty()) {
        String text = TextWidth.shortened(p.label(), FONT, svg.widthPx() / 3);
        double width = TextWidth.of(text, FONT);
        Spot at = new Spot(x.within(p.x()), y.within(p.y()));
        Optional<Area> place = placer.place(places(series, at, width));
        place.ifPresent(
            area -> svg.text(new Spot(area.left(), area.bottom() - 3), "start", "label", text));
      }
    }
  }

  /** Beside a point of its own; over or under one on a curve, which leaves at its sides. */
  private static List<Area> places(Series series, Spot at, double width) {
    List<Area> around = LabelPlacer.around(at, width, 15, 6);
    if (series.line() == Line.NONE) {
      return around;
    }
    List<Area> places = new ArrayList<>(around.subList(2, around.size()));
    places.addAll(around.subList(0, 2));
    return places;
  }

  private static void rule(Svg svg, Area plot, Scale x, Scale y, Rule rule, LabelPlacer placer) {
    String text = TextWidth.shortened(rule.label(), FONT, plot.width());
    double width = TextWidth.of(text, FONT) + 10;
    List<Area> places = new ArrayList<>();
    if (rule.vertical()) {
      double at = x.within(rule.at());
      svg.line(at, plot.top(), at, plot.bottom(), rule.style());
      for (int line = 0; line < 6; line++) {
        double top = plot.top() + 2 + 16 * line;
        places.add(new Area(at - width - 5, top, width, 15));
        places.add(new Area(at + 5, top, width, 15));
      }
    } else {
      double at = y.within(rule.at());
      svg.line(plot.left(), at, plot.right(), at, rule.style());
      places.add(new Area(plot.left() + 5, at - 17, width, 15));
      places.add(new Area(plot.left() + 5, at + 3, width, 15));
    }
    placer
        .place(places)
        .ifPresent(
            area ->
                svg.text(
                    new Spot(area.left(), area.bottom() - 3),
                    "start",
                    "note " + rule.style(),
                    text));
  }

  /** Returns the points that no other is better than: smaller x and larger (or smaller) y. */
  public static List<Point> front(List<Point> points, boolean largerIsBetter) {
    TreeMap<Double, Point> byX = new TreeMap<>();
    for (Point p : points) {
      byX.merge(p.x(), p, (a, b) -> better(a, b, largerIsBetter) ? a : b);
    }
    List<Point> front = new ArrayList<>();
    for (Point p : byX.values()) {
      if (front.isEmpty() || better(p, front.get(front.size() - 1), largerIsBetter)) {
        front.add(p);
      }
    }
    return front;
  }

  private static boolean better(Point a, Point b, boolean largerIsBetter) {
    return largerIsBetter ? a.y() > b.y() : a.y() < b.y();
  }
}
