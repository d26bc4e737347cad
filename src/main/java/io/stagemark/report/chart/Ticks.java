package io.stagemark.report.chart;

import java.util.List;

/** Numbers beside the axes of a chart; one that would touch its neighbour is left out. */
final class Ticks {
  static final int FONT = 11;

  private Ticks() {}

  /** Draws the numbers of a horizontal axis below a plot, and what it measures at its right end. */
  static void below(Svg svg, Scale x, double bottom, String axis) {
    int most = (int) Math.max(3, Math.abs(x.toPx() - x.fromPx()) / 60);
    below(svg, x, x.ticks(most), bottom, axis);
  }

  /** Draws some numbers of a horizontal axis. */
  static void below(Svg svg, Scale x, List<Double> ticks, double bottom, String axis) {
    svg.line(
        Math.min(x.fromPx(), x.toPx()), bottom, Math.max(x.fromPx(), x.toPx()), bottom, "axis");
    LabelPlacer placer = new LabelPlacer(new Area(0, bottom, svg.widthPx(), 32));
    for (double tick : ticks) {
      String label = x.label(tick);
      double width = TextWidth.of(label, FONT);
      Area place = new Area(x.at(tick) - width / 2, bottom + 3, width + 6, 13);
      placer
          .place(List.of(place))
          .ifPresent(at -> svg.text(new Spot(at.left(), bottom + 14), "start", "tick", label));
    }
    String name = TextWidth.shortened(axis, FONT, svg.widthPx());
    svg.text(new Spot(svg.widthPx(), bottom + 29), "end", "unit", name);
  }

  /** Draws the numbers of a vertical axis left of a plot. */
  static void left(Svg svg, Scale y, double left) {
    LabelPlacer placer = new LabelPlacer(new Area(0, 0, svg.widthPx(), 1e6));
    int most = (int) Math.max(3, Math.abs(y.toPx() - y.fromPx()) / 36);
    for (double tick : y.ticks(most)) {
      String label = y.label(tick);
      Area place = new Area(0, y.at(tick) - 7, left - 4, 14);
      if (placer.place(List.of(place)).isPresent()) {
        svg.text(new Spot(left - 6, y.at(tick) + 4), "end", "tick", label);
      }
    }
  }

  /** Returns the room that the numbers of a vertical axis need, in px. */
  static double room(Scale y) {
    int most = (int) Math.max(3, Math.abs(y.toPx() - y.fromPx()) / 36);
    return y.ticks(most).stream()
            .mapToDouble(tick -> TextWidth.of(y.label(tick), FONT))
            .max()
            .orElse(0)
        + 12;
  }
}
