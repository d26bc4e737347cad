package io.stagemark.scoring.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Object key point similarity and its AP, worked by hand. */
final class KeyPointsTest {
  private static CocoTruth truth(double areaPx, List<Double> points) {
    return new CocoTruth(
        0, 0, 10, 10, 1, areaPx, false, Optional.empty(), Optional.of(KeyPoints.of(points)));
  }

  private static CocoDetection found(double score, List<Double> points) {
    return new CocoDetection(
        0, 0, 10, 10, 1, score, Optional.empty(), Optional.of(KeyPoints.of(points)));
  }

  private static double similarity(List<Double> found, CocoTruth truth) {
    return KeyPoints.of(found).similarity(truth);
  }

  // one point: σ = 1, (2σ)² = 4; 20 px off on 100 px²: exp(-400 / 4 / 100 / 2) = exp(-1/2)
  @Test
  void similarity_onePoint_isTheFormulas() {
    CocoTruth truth = truth(100, List.of(10.0, 10.0, 2.0));
    assertThat(similarity(List.of(10.0, 30.0, 0.0), truth))
        .isCloseTo(Math.exp(-0.5), within(1e-12));
    assertThat(similarity(List.of(10.0, 10.0, 1.0), truth)).isEqualTo(1);
  }

  // σ = 1/2, (2σ)² = 1: the labelled point is 10 px off, the other does not count
  @Test
  void similarity_pointThatIsNotLabelled_doesNotCount() {
    CocoTruth truth = truth(100, List.of(0.0, 0.0, 1.0, 0.0, 0.0, 0.0));
    assertThat(similarity(List.of(6.0, 8.0, 1.0, 500.0, 500.0, 1.0), truth))
        .isCloseTo(Math.exp(-100 / 100.0 / 2), within(1e-12));
  }

  // the nose's σ is .026: exp(-1 / .052² / 1000 / 2)
  @Test
  void similarity_seventeenPoints_haveCocosSigmas() {
    List<Double> points = new ArrayList<>(Collections.nCopies(51, 0.0));
    points.set(2, 2.0);
    List<Double> moved = new ArrayList<>(points);
    moved.set(0, 1.0);
    assertThat(similarity(moved, truth(1000, points)))
        .isCloseTo(Math.exp(-1 / (0.052 * 0.052) / 1000 / 2), within(1e-12));
  }

  // within its box, doubled on each side, from -10 to 20, a detection is as good as equal; 4 px
  // beyond in x, with σ = 1: exp(-16 / 4 / 100 / 2)
  @Test
  void similarity_objectWithoutLabels_isThatOfItsBox() {
    CocoTruth truth = truth(100, List.of(0.0, 0.0, 0.0));
    assertThat(similarity(List.of(-10.0, 20.0, 1.0), truth)).isEqualTo(1);
    assertThat(similarity(List.of(24.0, 5.0, 1.0), truth))
        .isCloseTo(Math.exp(-0.02), within(1e-12));
  }

  // exp(-1/2) = .607 passes .50, .55 and .60 of ten thresholds
  @Test
  void ap_similarityOfAHalfPower_isFoundAtThreeOfTenThresholds() {
    CocoAp ap = new CocoAp();
    ap.addCoco(
        "1",
        List.of(found(.9, List.of(10.0, 30.0, 1.0))),
        List.of(truth(100, List.of(10.0, 10.0, 2.0))));
    assertThat(ap.result().figures().ap()).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void ap_objectWithoutLabels_countsForNothing() {
    CocoAp ap = new CocoAp();
    ap.addCoco(
        "1",
        List.of(found(.9, List.of(5.0, 5.0, 1.0)), found(.8, List.of(90.0, 90.0, 1.0))),
        List.of(truth(100, List.of(0.0, 0.0, 0.0)), truth(100, List.of(90.0, 90.0, 2.0))));
    assertThat(ap.result().figures().ap()).isCloseTo(1, within(1e-12));
    assertThat(ap.result().categories().get(0).truths()).isEqualTo(1);
  }

  @Test
  void of_otherNumbers_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> KeyPoints.of(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> KeyPoints.of(List.of(1.0, 2.0)));
  }
}
