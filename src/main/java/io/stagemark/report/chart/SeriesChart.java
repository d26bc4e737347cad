package io.stagemark.report.chart;

import io.stagemark.report.chart.Envelope.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A long series of times, stretch after stretch, with what disturbed it in lanes below: each column
 * of pixels has the smallest, the median and the largest value in it.
 */
public final class SeriesChart {
  private static final int FONT = 12;
  private static final double HEIGHT = 170;
  private static final double LANE = 16;

  /** Ranges that are so near to each other are one, in px. */
  private static final double MERGED_PX = 2.5;

  /** More cover the plot and say nothing; the lane has them. */
  private static final int MAX_SHADES = 40;

  private SeriesChart() {}

  /**
   * A stretch, such as a trial.
   *
   * @param name of it
   * @param values in the unit of the axis times {@code perUnit}
   * @param changes indices at which the level changes
   * @param discarded whether it is no part of the figures, such as a warm-up: drawn in grey
   */
  public record Stretch(String name, Envelope values, List<Integer> changes, boolean discarded) {
    public Stretch {
      changes = List.copyOf(changes);
    }

    /** A stretch that counts. */
    public Stretch(String name, Envelope values, List<Integer> changes) {
      this(name, values, changes, false);
    }
  }

  /**
   * Where something happened.
   *
   * @param name of it, with how often
   * @param style class of its colour, such as {@code e-gc}
   * @param shades whether the plot is shaded too
   * @param ranges of the indices over all stretches, ascending
   */
  public record Lane(String name, String style, boolean shades, List<Range> ranges) {
    public Lane {
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * Neighbouring indices.
   *
   * @param from the first, from 0
   * @param to after the last
   */
  public record Range(int from, int to) {}

  /**
   * What is drawn.
   *
   * @param axis what the values are, with the unit
   * @param perUnit values in one unit of the axis, such as 1e6 for ns in ms
   * @param stretches at least one
   * @param lanes below, in order
   */
  public record Content(String axis, double perUnit, List<Stretch> stretches, List<Lane> lanes) {
    public Content {
      stretches = List.copyOf(stretches);
      lanes = List.copyOf(lanes);
    }

    int count() {
      return stretches.stream().mapToInt(s -> s.values().samples()).sum();
    }
  }

  /** Returns the picture. */
  public static String svg(ChartTitle title, double widthPx, Content content) {
    Svg svg = new Svg(widthPx);
    svg.text(new Spot(0, 12), "start", "unit", TextWidth.shortened(content.axis(), FONT, widthPx));
    double top = 40;
    double bottom = top + HEIGHT;
    Scale y = vertical(content, bottom, top);
    double left = Ticks.room(y);
    Scale x = new Scale(Scale.Kind.LINEAR, 0, content.count(), left, widthPx - 8);
    Area plot = new Area(left, top, widthPx - 8 - left, HEIGHT);
    for (double tick : y.ticks(4)) {
      svg.line(plot.left(), y.at(tick), plot.right(), y.at(tick), "grid");
    }
    Ticks.left(svg, y, left);
    for (Lane lane : content.lanes()) {
      if (lane.shades() && merged(lane.ranges(), perPixel(x)).size() <= MAX_SHADES) {
        svg.path(boxes(lane, x, plot.top(), HEIGHT), "shade " + lane.style(), "", Map.of());
      }
    }
    int from = 0;
    for (Stretch stretch : content.stretches()) {
      stretch(svg, plot, x, y, stretch, from, content.perUnit());
      from += stretch.values().samples();
    }
    double under = bottom;
    for (Lane lane : content.lanes()) {
      under = lane(svg, x, lane, plot, under + 4);
    }
    Ticks.below(svg, x, under + 4, "batches, one trial after the other");
    return svg.document(title, under + 40);
  }

  private static Scale vertical(Content content, double from, double to) {
    List<Column> all =
        content.stretches().stream().flatMap(s -> s.values().columns().stream()).toList();
    double unit = content.perUnit();
    double least = all.stream().mapToLong(Column::min).min().orElse(0) / unit;
    double most = all.stream().mapToLong(Column::max).max().orElse(1) / unit;
    double middle =
        all.stream().mapToLong(Column::median).sorted().skip(all.size() / 2).findFirst().orElse(1)
            / unit;
    // one pause must not press all else onto a line
    boolean spiky = least > 0 && most > 4 * middle;
    return Scale.around(spiky ? Scale.Kind.LOG : Scale.Kind.LINEAR, least, most, from, to);
  }

  private static void stretch(
      Svg svg, Area plot, Scale x, Scale y, Stretch stretch, int offset, double unit) {
    StringBuilder above = new StringBuilder();
    StringBuilder below = new StringBuilder();
    StringBuilder middle = new StringBuilder();
    boolean spread = false;
    for (Column column : stretch.values().columns()) {
      String at = tenth(x.at(offset + (column.from() + column.to()) / 2.0)) + " ";
      spread |= column.max() > column.min();
      above.append(above.isEmpty() ? 'M' : 'L').append(at).append(whole(y.at(column.max() / unit)));
      below.insert(0, "L" + at + whole(y.at(column.min() / unit)));
      middle.append(middle.isEmpty() ? 'M' : 'L').append(at);
      middle.append(tenth(y.at(column.median() / unit)));
    }
    if (spread && !stretch.discarded()) {
      svg.path(above.append(below).append('Z').toString(), "extent", "", Map.of());
    }
    svg.path(
        middle.toString(),
        stretch.discarded() ? "discarded" : "series",
        stretch.name(),
        Map.of("samples", Integer.toString(stretch.values().samples())));
    double from = x.at(offset);
    double to = x.at(offset + stretch.values().samples());
    if (offset > 0) {
      svg.line(from, plot.top() - 14, from, plot.bottom(), "divider");
    }
    String name = TextWidth.shortened(stretch.name(), FONT, to - from - 8);
    if (to - from > 24) {
      svg.text(new Spot(from + 4, plot.top() - 6), "start", "label", name);
    }
    for (int change : stretch.changes()) {
      double at = x.at(offset + change);
      svg.line(at, plot.top(), at, plot.bottom(), "change");
    }
  }

  private static String whole(double value) {
    return Long.toString(Math.round(value));
  }

  private static String tenth(double value) {
    return Svg.number(Math.round(value * 10) / 10.0);
  }

  private static double lane(Svg svg, Scale x, Lane lane, Area plot, double top) {
    String name = TextWidth.shortened(lane.name(), Ticks.FONT, plot.width());
    svg.text(new Spot(plot.left(), top + 10), "start", "tick", name);
    svg.rect(new Area(plot.left(), top + 14, plot.width(), 5), "lane");
    svg.path(strokes(lane, x, top + 16.5), "event " + lane.style(), lane.name(), Map.of());
    return top + LANE + 4;
  }

  private static String boxes(Lane lane, Scale x, double top, double height) {
    StringBuilder path = new StringBuilder();
    for (Range range : merged(lane.ranges(), MERGED_PX * perPixel(x))) {
      double left = x.at(range.from());
      double width = Math.max(1, x.at(range.to()) - left);
      path.append('M').append(tenth(left)).append(' ').append(tenth(top));
      path.append('h').append(tenth(width)).append('v').append(tenth(height));
      path.append('h').append(tenth(-width)).append('z');
    }
    return path.toString();
  }

  /** Lines as thick as a lane: shorter than boxes. */
  private static String strokes(Lane lane, Scale x, double middle) {
    StringBuilder path = new StringBuilder();
    for (Range range : merged(lane.ranges(), MERGED_PX * perPixel(x))) {
      double left = x.at(range.from());
      path.append('M').append(tenth(left)).append(' ').append(tenth(middle)).append('h');
      path.append(tenth(Math.max(1, x.at(range.to()) - left)));
    }
    return path.toString();
  }

  private static double perPixel(Scale x) {
    return (x.high() - x.low()) / Math.abs(x.toPx() - x.fromPx());
  }

  /** Joins ranges that are nearer to each other than the eye sees. */
  private static List<Range> merged(List<Range> ranges, double nearest) {
    List<Range> merged = new ArrayList<>();
    for (Range range : ranges) {
      Range last = merged.isEmpty() ? range : merged.get(merged.size() - 1);
      if (!merged.isEmpty() && range.from() - last.to() <= nearest) {
        merged.set(merged.size() - 1, new Range(last.from(), Math.max(last.to(), range.to())));
      } else {
        merged.add(range);
      }
    }
    return merged;
  }
}
