package io.stagemark.report.chart;

import io.stagemark.data.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A photograph with outlines and labels over it. A label that finds no free place in the picture is
 * left out: its outline stays.
 */
public final class AnnotatedPicture {
  private static final double FONT = 11;
  private static final double TAG = 15;

  private AnnotatedPicture() {}

  /**
   * One object.
   *
   * @param corners of its outline in px of the picture, at least three
   * @param style {@code truth} or {@code found}
   * @param label beside it
   */
  public record Outlined(List<Spot> corners, String style, String label) {
    public Outlined {
      corners = List.copyOf(corners);
    }

    /** An upright box. */
    public static Outlined box(Area area, String style, String label) {
      return new Outlined(
          List.of(
              new Spot(area.left(), area.top()),
              new Spot(area.right(), area.top()),
              new Spot(area.right(), area.bottom()),
              new Spot(area.left(), area.bottom())),
          style,
          label);
    }

    Area around() {
      double left = corners.stream().mapToDouble(Spot::x).min().orElse(0);
      double top = corners.stream().mapToDouble(Spot::y).min().orElse(0);
      double right = corners.stream().mapToDouble(Spot::x).max().orElse(0);
      double bottom = corners.stream().mapToDouble(Spot::y).max().orElse(0);
      return new Area(left, top, right - left, bottom - top);
    }
  }

  /**
   * Returns the picture.
   *
   * @param uri of the photograph, {@code data:image/…}
   * @param widthPx of the picture; outlines are in its px
   * @param heightPx of the picture
   * @param objects the most important first: they get their labels first
   */
  public static String svg(
      ChartTitle title, String uri, double widthPx, double heightPx, List<Outlined> objects) {
    StringBuilder photograph = new StringBuilder("<image href=\"").append(PlainText.xml(uri));
    photograph.append("\" width=\"").append(Svg.number(widthPx)).append("\" height=\"");
    photograph.append(Svg.number(heightPx)).append("\"/>");
    Svg svg = new Svg(widthPx);
    for (Outlined object : objects) {
      svg.path(path(object), "outline " + object.style(), object.label(), Map.of());
    }
    LabelPlacer placer = new LabelPlacer(new Area(0, 0, widthPx, heightPx));
    for (Outlined object : objects) {
      String text = TextWidth.shortened(object.label(), FONT, widthPx - 8);
      double width = TextWidth.of(text, FONT) + 6;
      Optional<Area> place = placer.place(places(object.around(), width, TAG));
      place.ifPresent(
          area -> {
            svg.rect(area, "tag " + object.style());
            svg.text(new Spot(area.left() + 3, area.bottom() - 4), "start", "tagged", text);
          });
    }
    return svg.document(title, heightPx).replaceFirst("</desc>", "</desc>" + photograph);
  }

  private static String path(Outlined object) {
    StringBuilder path = new StringBuilder();
    for (Spot corner : object.corners()) {
      path.append(path.isEmpty() ? 'M' : 'L').append(Svg.number(corner.x())).append(' ');
      path.append(Svg.number(corner.y()));
    }
    return path.append('Z').toString();
  }

  /**
   * Returns places of a label at a box: above it, in its upper corner, below, beside it, and
   * further down inside.
   */
  public static List<Area> places(Area box, double width, double height) {
    List<Area> places = new ArrayList<>();
    places.add(new Area(box.left(), box.top() - height, width, height));
    places.add(new Area(box.left(), box.top(), width, height));
    places.add(new Area(box.right() - width, box.top() - height, width, height));
    places.add(new Area(box.right() - width, box.top(), width, height));
    places.add(new Area(box.left(), box.bottom(), width, height));
    places.add(new Area(box.left(), box.bottom() - height, width, height));
    places.add(new Area(box.right() - width, box.bottom(), width, height));
    places.add(new Area(box.right(), box.top(), width, height));
    places.add(new Area(box.left() - width, box.top(), width, height));
    for (int line = 1; line <= 6; line++) {
      places.add(new Area(box.left(), box.top() + line * height, width, height));
    }
    return places;
  }
}
