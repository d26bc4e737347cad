package io.stagemark.report.chart;

import io.stagemark.data.PlainText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The text of one SVG picture. It has classes in place of colours and no style attribute, which the
 * page's Content Security Policy would refuse. Not thread-safe.
 */
public final class Svg {
  private final StringBuilder body = new StringBuilder();
  private final double widthPx;

  /**
   * @param widthPx of the picture, in px
   */
  public Svg(double widthPx) {
    this.widthPx = widthPx;
  }

  public double widthPx() {
    return widthPx;
  }

  /** Returns a coordinate with two decimals at most. */
  static String number(double value) {
    long hundredths = Math.round(100 * value);
    if (hundredths % 100 == 0) {
      return Long.toString(hundredths / 100);
    }
    long rest = Math.abs(hundredths % 100);
    String decimals = rest % 10 == 0 ? Long.toString(rest / 10) : (rest < 10 ? "0" : "") + rest;
    return (hundredths < 0 ? "-" : "") + Math.abs(hundredths / 100) + "." + decimals;
  }

  /** Adds a straight line. */
  public Svg line(double x1, double y1, double x2, double y2, String style) {
    return element(
        "line",
        style,
        Map.of(),
        "",
        "x1",
        number(x1),
        "y1",
        number(y1),
        "x2",
        number(x2),
        "y2",
        number(y2));
  }

  /**
   * Adds a rectangle that is a mark: it has a number of the result.
   *
   * @param title shown under the pointer; empty for none
   * @param data attributes {@code data-…}, by name
   */
  public Svg rect(Area area, String style, String title, Map<String, String> data) {
    return element(
        "rect",
        style,
        data,
        title,
        "x",
        number(area.left()),
        "y",
        number(area.top()),
        "width",
        number(Math.max(0, area.width())),
        "height",
        number(Math.max(0, area.height())));
  }

  /** Adds a rectangle without a meaning of its own. */
  public Svg rect(Area area, String style) {
    return rect(area, style, "", Map.of());
  }

  /** Adds a curve or an area of absolute path commands. */
  public Svg path(String commands, String style, String title, Map<String, String> data) {
    return element("path", style, data, title, "d", commands);
  }

  /**
   * Adds a mark of one of {@link Marker}'s shapes.
   *
   * @param at its centre
   */
  public Svg marker(Marker marker, Spot at, String style, String title, Map<String, String> data) {
    return path(marker.path(at.x(), at.y()), style, title, data);
  }

  /**
   * Adds text on one line.
   *
   * @param at where its baseline begins, is in the middle or ends
   * @param anchor {@code start}, {@code middle} or {@code end}
   */
  public Svg text(Spot at, String anchor, String style, String text) {
    body.append("<text x=\"").append(number(at.x())).append("\" y=\"").append(number(at.y()));
    body.append("\" class=\"").append(style).append('"');
    if (!anchor.equals("start")) {
      body.append(" text-anchor=\"").append(anchor).append('"');
    }
    body.append('>').append(PlainText.xml(text)).append("</text>");
    return this;
  }

  private Svg element(
      String name, String style, Map<String, String> data, String title, String... attributes) {
    body.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      attribute(attributes[i], attributes[i + 1]);
    }
    attribute("class", style);
    new LinkedHashMap<>(data).forEach((key, value) -> attribute("data-" + key, value));
    if (title.isEmpty()) {
      body.append("/>");
    } else {
      body.append("><title>").append(PlainText.xml(title)).append("</title></").append(name);
      body.append('>');
    }
    return this;
  }

  private void attribute(String name, String value) {
    body.append(' ').append(name).append("=\"").append(PlainText.xml(value)).append('"');
  }

  /** Returns the whole element. */
  public String document(ChartTitle title, double heightPx) {
    String id = title.id();
    return "<svg role=\"img\" aria-labelledby=\""
        + id
        + "-t "
        + id
        + "-d\" viewBox=\"0 0 "
        + number(widthPx)
        + ' '
        + number(heightPx)
        + "\" width=\""
        + number(widthPx)
        + "\" height=\""
        + number(heightPx)
        + "\"><title id=\""
        + id
        + "-t\">"
        + PlainText.xml(title.title())
        + "</title><desc id=\""
        + id
        + "-d\">"
        + PlainText.xml(title.description())
        + "</desc>"
        + body
        + "</svg>";
  }
}
