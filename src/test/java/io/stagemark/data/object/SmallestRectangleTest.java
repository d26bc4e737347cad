package io.stagemark.data.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.object.Outline.Corner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SmallestRectangleTest {

  @Test
  void around_cornersOfARectangle_isThatRectangle() {
    List<Corner> corners =
        List.of(new Corner(42, 52), new Corner(54, 36), new Corner(22, 12), new Corner(10, 28));
    Outline found = SmallestRectangle.around(corners);
    assertThat(SmallestRectangle.area(found)).isCloseTo(800, within(1e-9));
    for (Corner each : corners) {
      assertThat(found.corners())
          .anyMatch(it -> Math.hypot(it.x() - each.x(), it.y() - each.y()) < 1e-9);
    }
  }

  // A right triangle with legs 3 and 4: on the hypotenuse 5 · 2.4, on a leg 3 · 4.
  @Test
  void around_triangle_hasTwiceItsArea() {
    Outline found =
        SmallestRectangle.around(List.of(new Corner(0, 0), new Corner(3, 0), new Corner(0, 4)));
    assertThat(SmallestRectangle.area(found)).isCloseTo(12, within(1e-12));
  }

  @Test
  void around_pointsOnALineOrOne_hasNoArea() {
    List<Corner> line = List.of(new Corner(1, 1), new Corner(3, 3), new Corner(2, 2));
    assertThat(SmallestRectangle.area(SmallestRectangle.around(line))).isCloseTo(0, within(1e-12));
    assertThat(SmallestRectangle.area(SmallestRectangle.around(List.of(new Corner(5, 5)))))
        .isZero();
  }

  // No rectangle in any of 3600 directions is smaller, and every point is inside.
  @Test
  void around_randomPoints_isNoLargerThanInAnyDirection() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      List<Corner> points = new ArrayList<>();
      for (int i = 0; i < 3 + round % 9; i++) {
        points.add(new Corner(random.nextDouble() * 100, random.nextDouble() * 30));
      }
      double area = SmallestRectangle.area(SmallestRectangle.around(points));
      double best = Double.POSITIVE_INFINITY;
      for (int i = 0; i < 3600; i++) {
        double cos = Math.cos(i * Math.PI / 3600);
        double sin = Math.sin(i * Math.PI / 3600);
        double[] along = points.stream().mapToDouble(p -> p.x() * cos + p.y() * sin).toArray();
        double[] across = points.stream().mapToDouble(p -> p.y() * cos - p.x() * sin).toArray();
        best = Math.min(best, span(along) * span(across));
      }
      assertThat(area).isLessThanOrEqualTo(best + 1e-9).isCloseTo(best, within(0.01 * best + 1));
    }
  }

  private static double span(double[] values) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return most - least;
  }
}
