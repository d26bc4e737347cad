package io.stagemark.data.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Against another method with 50 digits: the corners of each in the other and the points where
 * edges cross, sorted around their middle.
 */
final class ConvexOverlapProperties {
  private static final MathContext DIGITS = new MathContext(50);
  private static final BigDecimal TOLERANCE = new BigDecimal("1e-30");

  private record Point(BigDecimal x, BigDecimal y) {
    Point minus(Point other) {
      return new Point(x.subtract(other.x, DIGITS), y.subtract(other.y, DIGITS));
    }

    BigDecimal cross(Point other) {
      return x.multiply(other.y, DIGITS).subtract(y.multiply(other.x, DIGITS), DIGITS);
    }
  }

  private static double[] rectangle(
      double x, double y, double width, double height, double radians) {
    double cos = Math.cos(radians);
    double sin = Math.sin(radians);
    double[] corners = new double[8];
    double[] signs = {1, 1, 1, -1, -1, -1, -1, 1};
    for (int i = 0; i < 8; i += 2) {
      double along = signs[i] * width / 2;
      double across = signs[i + 1] * height / 2;
      corners[i] = x + along * cos - across * sin;
      corners[i + 1] = y + along * sin + across * cos;
    }
    return corners;
  }

  private static List<Point> points(double[] corners) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 8; i += 2) {
      points.add(new Point(new BigDecimal(corners[i]), new BigDecimal(corners[i + 1])));
    }
    return area(points).signum() < 0
        ? List.of(points.get(3), points.get(2), points.get(1), points.get(0))
        : points;
  }

  private static BigDecimal area(List<Point> points) {
    BigDecimal twice = BigDecimal.ZERO;
    for (int i = 0; i < points.size(); i++) {
      twice = twice.add(points.get(i).cross(points.get((i + 1) % points.size())), DIGITS);
    }
    return twice.divide(BigDecimal.valueOf(2), DIGITS);
  }

  private static boolean isIn(Point point, List<Point> polygon) {
    for (int i = 0; i < 4; i++) {
      Point from = polygon.get(i);
      Point along = polygon.get((i + 1) % 4).minus(from);
      if (along.cross(point.minus(from)).compareTo(TOLERANCE.negate()) < 0) {
        return false;
      }
    }
    return true;
  }

  private static BigDecimal exact(double[] first, double[] second) {
    List<Point> a = points(first);
    List<Point> b = points(second);
    List<Point> all = new ArrayList<>();
    a.stream().filter(each -> isIn(each, b)).forEach(all::add);
    b.stream().filter(each -> isIn(each, a)).forEach(all::add);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        Point along = a.get((i + 1) % 4).minus(a.get(i));
        Point other = b.get((j + 1) % 4).minus(b.get(j));
        BigDecimal cross = along.cross(other);
        if (cross.abs().compareTo(TOLERANCE) > 0) {
          Point apart = b.get(j).minus(a.get(i));
          BigDecimal s = apart.cross(other).divide(cross, DIGITS);
          BigDecimal t = apart.cross(along).divide(cross, DIGITS);
          if (isShare(s) && isShare(t)) {
            all.add(
                new Point(
                    a.get(i).x.add(s.multiply(along.x, DIGITS), DIGITS),
                    a.get(i).y.add(s.multiply(along.y, DIGITS), DIGITS)));
          }
        }
      }
    }
    if (all.size() < 3) {
      return BigDecimal.ZERO;
    }
    BigDecimal count = BigDecimal.valueOf(all.size());
    double middleX =
        all.stream()
            .map(Point::x)
            .reduce(BigDecimal::add)
            .orElseThrow()
            .divide(count, DIGITS)
            .doubleValue();
    double middleY =
        all.stream()
            .map(Point::y)
            .reduce(BigDecimal::add)
            .orElseThrow()
            .divide(count, DIGITS)
            .doubleValue();
    all.sort(
        (p, q) ->
            Double.compare(
                Math.atan2(p.y.doubleValue() - middleY, p.x.doubleValue() - middleX),
                Math.atan2(q.y.doubleValue() - middleY, q.x.doubleValue() - middleX)));
    return area(all).abs();
  }

  private static boolean isShare(BigDecimal value) {
    return value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0;
  }

  private static void assertExact(double[] a, double[] b) {
    BigDecimal both = exact(a, b);
    BigDecimal union = area(points(a)).add(area(points(b))).subtract(both);
    double expected = both.divide(union, DIGITS).doubleValue();
    ConvexOverlap overlap = new ConvexOverlap();
    assertThat(overlap.iou(a, b)).isCloseTo(expected, within(1e-9));
    assertThat(overlap.iou(b, a)).isCloseTo(expected, within(1e-9));
  }

  @Property(tries = 400)
  void iou_rectangles_isThatOfFiftyDigits(
      @ForAll @DoubleRange(min = 0, max = 4000) double x,
      @ForAll @DoubleRange(min = -60, max = 60) double off,
      @ForAll @DoubleRange(min = 1, max = 200) double width,
      @ForAll @DoubleRange(min = 1, max = 200) double height,
      @ForAll @DoubleRange(min = -7, max = 7) double one,
      @ForAll @DoubleRange(min = -7, max = 7) double other) {
    assertExact(
        rectangle(x, 4000 - x, width, height, one),
        rectangle(x + off, 4000 - x - off / 3, height, width, other));
  }

  // Edges on edges and corners on corners: angles are multiples of 90° but for a rounding.
  @Property(tries = 200)
  void iou_edgesOnEdges_isThatOfFiftyDigits(
      @ForAll @IntRange(min = -4, max = 4) int right,
      @ForAll @IntRange(min = -4, max = 4) int down,
      @ForAll @IntRange(min = 0, max = 7) int quarters) {
    assertExact(
        rectangle(100, 100, 40, 20, 0),
        rectangle(100 + 10 * right, 100 + 10 * down, 40, 20, quarters * Math.PI / 2));
  }

  @Test
  void iou_knownRectangles_isWorkedByHand() {
    ConvexOverlap overlap = new ConvexOverlap();
    double[] wide = rectangle(0, 0, 40, 20, 0);
    assertThat(overlap.iou(wide, wide)).isEqualTo(1);
    assertThat(overlap.iou(wide, rectangle(0, 0, 40, 20, Math.PI / 2)))
        .isCloseTo(400.0 / 1200, within(1e-15));
    // a square and one turned by 45°: an octagon of 4 · (√2 − 1) · side² / 2
    double octagon = 2 * (Math.sqrt(2) - 1) * 100;
    assertThat(overlap.iou(rectangle(5, 5, 10, 10, 0), rectangle(5, 5, 10, 10, Math.PI / 4)))
        .isCloseTo(octagon / (200 - octagon), within(1e-14));
    assertThat(overlap.iou(wide, rectangle(40, 0, 40, 20, 0))).isZero(); // they touch
    assertThat(overlap.iou(wide, rectangle(0, 0, 0, 20, 1))).isZero(); // a line
    assertThat(overlap.iou(rectangle(0, 0, 0, 0, 0), rectangle(0, 0, 0, 0, 0))).isZero();
  }
}
