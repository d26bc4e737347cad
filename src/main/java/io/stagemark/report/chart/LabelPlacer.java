package io.stagemark.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds places for labels: wholly in the picture, none over another. The first that asks is placed
 * first, so the most important one asks first. Not thread-safe.
 */
public final class LabelPlacer {
  private final Area picture;
  private final List<Area> taken = new ArrayList<>();

  /**
   * @param picture what no label leaves
   */
  public LabelPlacer(Area picture) {
    this.picture = picture;
  }

  /** Keeps labels off an area. */
  public void block(Area area) {
    taken.add(area);
  }

  /**
   * Takes the first of some places that is free.
   *
   * @param places in the order of preference; one that leaves the picture is moved into it if it is
   *     not larger than that
   * @return empty if none is free: the label is left out
   */
  public Optional<Area> place(List<Area> places) {
    for (Area wanted : places) {
      Area moved = moved(wanted);
      if (picture.contains(moved) && taken.stream().noneMatch(moved::overlaps)) {
        taken.add(moved);
        return Optional.of(moved);
      }
    }
    return Optional.empty();
  }

  private Area moved(Area area) {
    double left = Math.max(picture.left(), Math.min(area.left(), picture.right() - area.width()));
    double top = Math.max(picture.top(), Math.min(area.top(), picture.bottom() - area.height()));
    return new Area(left, top, area.width(), area.height());
  }

  /**
   * Returns places around a point: right, left, above, below, and the four corners.
   *
   * @param distance of the label from the point, in px
   */
  public static List<Area> around(Spot at, double width, double height, double distance) {
    double right = at.x() + distance;
    double left = at.x() - distance - width;
    double middle = at.y() - height / 2;
    double above = at.y() - distance - height;
    double below = at.y() + distance;
    return List.of(
        new Area(right, middle, width, height),
        new Area(left, middle, width, height),
        new Area(at.x() - width / 2, above, width, height),
        new Area(at.x() - width / 2, below, width, height),
        new Area(right, above, width, height),
        new Area(right, below, width, height),
        new Area(left, above, width, height),
        new Area(left, below, width, height));
  }
}
