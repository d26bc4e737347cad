package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.stats.ChangePoints.Segment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ChangePointsTest {

  /** Lengths and levels in turn. */
  private static double[] series(double... lengthsAndLevels) {
    double[] values = new double[0];
    for (int i = 0; i < lengthsAndLevels.length; i += 2) {
      int from = values.length;
      values = Arrays.copyOf(values, from + (int) lengthsAndLevels[i]);
      Arrays.fill(values, from, values.length, lengthsAndLevels[i + 1]);
    }
    return values;
  }

  private static double[] reversed(double[] values) {
    double[] reversed = new double[values.length];
    Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
    return reversed;
  }

  @Test
  void segments_threeLevels_areThoseLevels() {
    List<Segment> found = ChangePoints.segments(series(30, 7, 25, 9, 40, 8), 0.1);
    assertThat(found).extracting(Segment::from).containsExactly(0, 30, 55);
    assertThat(found).extracting(Segment::to).containsExactly(30, 55, 95);
    assertThat(found.get(0).level()).isCloseTo(7, within(1e-12));
    assertThat(found.get(1).level()).isCloseTo(9, within(1e-12));
    assertThat(found.get(2).level()).isCloseTo(8, within(1e-12));
  }

  // A step of h noises in the middle of n values takes h²·n/4 off the squared deviations; the price
  // of a cut is 6·ln n. Of 100 values h = √(24·ln 100/100) = 1.0513 pays for itself.
  @Test
  void segments_step_isCutWhereItIsWorthThePrice() {
    assertThat(ChangePoints.segments(series(50, 0, 50, 1.04), 1)).hasSize(1);
    assertThat(ChangePoints.segments(series(50, 0, 50, 1.06), 1)).hasSize(2);
    assertThat(ChangePoints.segments(series(50, 0, 50, 10.4), 10)).hasSize(1);
    assertThat(ChangePoints.segments(series(50, 0, 50, 10.6), 10)).hasSize(2);
  }

  // Two steps of 1.3 noises, up and down again: either alone is worth its cut, 1.3²·60·120/180 = 68
  // of the outer ones together, against 2 · 6 · ln 180 = 62.
  @Test
  void segments_twoSteps_needTwiceThePrice() {
    assertThat(ChangePoints.segments(series(60, 0, 60, 1.3, 60, 0), 1)).hasSize(3);
    assertThat(ChangePoints.segments(series(60, 0, 60, 1.2, 60, 0), 1)).hasSize(1);
  }

  @Test
  void segments_fiveValuesAtAnEnd_areASegmentAndFourAreNot() {
    assertThat(ChangePoints.segments(series(50, 0, 5, 3), 1))
        .extracting(Segment::length)
        .containsExactly(50, 5);
    assertThat(ChangePoints.segments(series(5, 3, 50, 0), 1))
        .extracting(Segment::length)
        .containsExactly(5, 50);
    assertThat(ChangePoints.segments(series(51, 0, 4, 3), 1))
        .extracting(Segment::length)
        .doesNotContain(4);
  }

  // Three noises are the most that a value may be away from the median around it, so that the mean
  // of 41 values has 3/41.
  @Test
  void segments_loneOutlier_isPulledInToThreeNoises() {
    double[] values = new double[41];
    values[20] = 1000;
    Segment only = ChangePoints.segments(values, 1).get(0);
    assertThat(only.length()).isEqualTo(41);
    assertThat(only.level()).isCloseTo(3.0 / 41, within(1e-12));
    assertThat(ChangePoints.segments(values, 0.5).get(0).level())
        .isCloseTo(1.5 / 41, within(1e-12));
  }

  // Of the 21 values around them, ten are no majority: they are pulled in.
  @Test
  void segments_tenValuesAtAnEnd_arePulledIn() {
    Segment last = ChangePoints.segments(series(50, 0, 10, 9), 1).get(1);
    assertThat(last.length()).isEqualTo(10);
    assertThat(last.level()).isCloseTo(3, within(1e-12));
  }

  // A quarter of the values on each side: a step in a short series is not smoothed away.
  @Test
  void segments_stepInSixteenValues_keepsBothLevels() {
    List<Segment> found = ChangePoints.segments(series(8, 0, 8, 100), 1);
    assertThat(found).hasSize(2);
    assertThat(found.get(0).level()).isCloseTo(0, within(1e-9));
    assertThat(found.get(1).level()).isCloseTo(100, within(1e-9));
  }

  @Test
  void segments_reversedSeries_areTheReversedSegments() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 20; round++) {
      double step = 3 + 3 * random.nextDouble();
      double[] values =
          series(
              5 + random.nextInt(20), 0, 5 + random.nextInt(30), step, 5 + random.nextInt(20), 1);
      for (int i = 0; i < values.length; i++) {
        values[i] += random.nextDouble() - 0.5;
      }
      List<Segment> there = ChangePoints.segments(values, 0.3);
      List<Segment> back = ChangePoints.segments(reversed(values), 0.3);
      assertThat(back).hasSameSizeAs(there);
      for (int i = 0; i < there.size(); i++) {
        Segment mirrored = back.get(back.size() - 1 - i);
        assertThat(values.length - mirrored.to()).isEqualTo(there.get(i).from());
        assertThat(mirrored.level()).isCloseTo(there.get(i).level(), within(1e-9));
      }
    }
  }
}
