package io.stagemark.report.chart;

import java.util.Locale;

/** The shapes of marks: series differ in shape and dash, not in colour alone. */
public enum Marker {
  CIRCLE("M%1$s %2$sm-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"),
  SQUARE("M%1$s %2$sm-3.5 -3.5h7v7h-7z"),
  TRIANGLE("M%1$s %2$sm0 -4.5l4.5 8h-9z"),
  DIAMOND("M%1$s %2$sm0 -5l5 5l-5 5l-5 -5z"),
  NABLA("M%1$s %2$sm0 4.5l4.5 -8h-9z"),
  BAR("M%1$s %2$sm-2 -5h4v10h-4z"),
  CROSS("M%1$s %2$sm-1.5 -4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z"),
  PILL("M%1$s %2$sm-5 -2h10v4h-10z");

  private final String form;

  Marker(String form) {
    this.form = form;
  }

  /** Returns the shape of a series, counted from 0; the ninth begins again. */
  public static Marker of(int series) {
    return values()[Math.floorMod(series, values().length)];
  }

  String path(double x, double y) {
    return String.format(Locale.ROOT, form, Svg.number(x), Svg.number(y));
  }
}
