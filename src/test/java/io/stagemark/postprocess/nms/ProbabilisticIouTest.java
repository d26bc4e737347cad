package io.stagemark.postprocess.nms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Worked by hand from the formulas of the paper; what is added to them is 1e-7. */
final class ProbabilisticIouTest {
  private final RotatedBoxes boxes = new RotatedBoxes();

  private double of(double... second) {
    boxes.set(1, second[0], second[1], second[2], second[3], second[4]);
    return ProbabilisticIou.of(boxes, 0, 1);
  }

  @Test
  void of_sameRectangle_isNearlyOne() {
    boxes.set(0, 50, 40, 30, 10, 0.3);
    // D = 1e-7, and 1e-7 more below the root
    assertThat(of(50, 40, 30, 10, 0.3)).isCloseTo(1 - Math.sqrt(2e-7), within(1e-6));
    assertThat(of(50, 40, 30, 10, 0.3 + Math.PI)).isCloseTo(1 - Math.sqrt(2e-7), within(1e-6));
    assertThat(of(50, 40, 10, 30, 0.3 + Math.PI / 2)).isCloseTo(1 - Math.sqrt(2e-7), within(1e-6));
  }

  // Squares of side s side by side: variances s²/12 each, D = s² / (s²/6) / 4 = 1.5.
  @Test
  void of_squaresSideBySide_isOfTheDistance() {
    boxes.set(0, 0, 0, 24, 24, 0);
    assertThat(of(24, 0, 24, 24, 0)).isCloseTo(1 - Math.sqrt(1 - Math.exp(-1.5)), within(1e-6));
    assertThat(of(0, -24, 24, 24, 1)).isCloseTo(1 - Math.sqrt(1 - Math.exp(-1.5)), within(1e-6));
  }

  // 4a x a crossed: variances 16v and v; sums 17v each: D = ½ ln(289 v² / (4 · 16 v²)).
  @Test
  void of_cross_isOfTheShapes() {
    boxes.set(0, 5, 5, 48, 12, 0);
    double distance = Math.log(289.0 / 64) / 2;
    assertThat(of(5, 5, 48, 12, Math.PI / 2))
        .isCloseTo(1 - Math.sqrt(1 - Math.exp(-distance)), within(1e-6));
  }

  // Turned by 45° and moved along its length by d: D = d² / (2 · variance) / 4, as if upright.
  @Test
  void of_movedAlongItsLength_isThatOfTheUprightOnes() {
    boxes.set(0, 0, 0, 40, 8, Math.PI / 4);
    double d = 10;
    double distance = d * d / (2 * 40 * 40 / 12.0) / 4;
    assertThat(of(d / Math.sqrt(2), d / Math.sqrt(2), 40, 8, Math.PI / 4))
        .isCloseTo(1 - Math.sqrt(1 - Math.exp(-distance)), within(1e-6));
  }

  @Test
  void of_farApart_isNothing() {
    boxes.set(0, 0, 0, 10, 10, 0);
    assertThat(of(1000, 0, 10, 10, 0)).isCloseTo(0, within(1e-6));
  }
}
