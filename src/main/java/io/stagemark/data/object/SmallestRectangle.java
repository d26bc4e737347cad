package io.stagemark.data.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rectangle of the smallest area around some points. One of its sides lies along an edge of
 * their convex hull.
 *
 * <p>Source: Freeman and Shapira, Determining the minimum-area encasing rectangle for an arbitrary
 * closed curve, 1975, <a
 * href="https://doi.org/10.1145/360881.360919">doi:10.1145/360881.360919</a>.
 */
public final class SmallestRectangle {
  private SmallestRectangle() {}

  /**
   * Returns its four corners, in order around it; of points on one line, a rectangle of no area.
   *
   * @param points at least one
   */
  public static Outline around(List<Outline.Corner> points) {
    List<Outline.Corner> hull = hull(points);
    Outline best = along(hull, hull.get(0), 1, 0);
    double smallest = area(best);
    for (int i = 0; i < hull.size(); i++) {
      Outline.Corner from = hull.get(i);
      Outline.Corner to = hull.get((i + 1) % hull.size());
      double length = Math.hypot(to.x() - from.x(), to.y() - from.y());
      if (length > 0) {
        Outline one = along(hull, from, (to.x() - from.x()) / length, (to.y() - from.y()) / length);
        if (area(one) < smallest) {
          smallest = area(one);
          best = one;
        }
      }
    }
    return best;
  }

  /** Returns the area of a rectangle. */
  public static double area(Outline rectangle) {
    return ConvexOverlap.area(numbers(rectangle), 0);
  }

  /** Returns the four corners as x, y, x, y, … */
  public static double[] numbers(Outline rectangle) {
    if (rectangle.corners().size() != 4) {
      throw new IllegalArgumentException("no rectangle: " + rectangle);
    }
    double[] numbers = new double[ConvexOverlap.NUMBERS];
    for (int i = 0; i < 4; i++) {
      numbers[2 * i] = rectangle.corners().get(i).x();
      numbers[2 * i + 1] = rectangle.corners().get(i).y();
    }
    return numbers;
  }

  /** Returns the rectangle with a side in some direction, a vector of length 1. */
  private static Outline along(
      List<Outline.Corner> points, Outline.Corner origin, double x, double y) {
    double least = 0;
    double most = 0;
    double lowest = 0;
    double highest = 0;
    for (Outline.Corner each : points) {
      double forwards = (each.x() - origin.x()) * x + (each.y() - origin.y()) * y;
      double sideways = (each.y() - origin.y()) * x - (each.x() - origin.x()) * y;
      least = Math.min(least, forwards);
      most = Math.max(most, forwards);
      lowest = Math.min(lowest, sideways);
      highest = Math.max(highest, sideways);
    }
    return new Outline(
        List.of(
            corner(origin, x, y, least, lowest),
            corner(origin, x, y, most, lowest),
            corner(origin, x, y, most, highest),
            corner(origin, x, y, least, highest)));
  }

  private static Outline.Corner corner(
      Outline.Corner origin, double x, double y, double forwards, double sideways) {
    return new Outline.Corner(
        origin.x() + forwards * x - sideways * y, origin.y() + forwards * y + sideways * x);
  }

  /** Andrew's monotone chain; points on an edge are left out. */
  private static List<Outline.Corner> hull(List<Outline.Corner> points) {
    List<Outline.Corner> sorted =
        points.stream()
            .distinct()
            .sorted(
                Comparator.comparingDouble(Outline.Corner::x)
                    .thenComparingDouble(Outline.Corner::y))
            .toList();
    if (sorted.size() < 3) {
      return sorted;
    }
    List<Outline.Corner> hull = new ArrayList<>();
    for (int pass = 0; pass < 2; pass++) {
      int begin = hull.size();
      for (int i = 0; i < sorted.size(); i++) {
        Outline.Corner point = sorted.get(pass == 0 ? i : sorted.size() - 1 - i);
        while (hull.size() >= begin + 2
            && turn(hull.get(hull.size() - 2), hull.get(hull.size() - 1), point) <= 0) {
          hull.remove(hull.size() - 1);
        }
        hull.add(point);
      }
      hull.remove(hull.size() - 1); // the first of the other pass
    }
    return hull;
  }

  private static double turn(Outline.Corner a, Outline.Corner b, Outline.Corner c) {
    return (b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x());
  }
}
