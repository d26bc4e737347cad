package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.Detection;
import io.stagemark.data.object.ObjectMask;
import io.stagemark.result.ExampleResult;
import io.stagemark.scoring.detection.CocoMeasure;
import io.stagemark.scoring.detection.CocoSettings;
import io.stagemark.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

final class PrecisionSwapTest {
  private static final Box BOX = new Box(10, 10, 60, 60);

  /** An image with one object, found or not. */
  static ExampleResult image(int i, boolean found) {
    return new ExampleResult(
        "e" + i,
        "e" + i,
        found ? List.of(new Detection(BOX, 0, 0.9)) : List.of(),
        1,
        List.of(new Annotation(BOX, 0, 2500, false)),
        List.of());
  }

  private static List<ExampleResult> images(int count, IntPredicate found) {
    List<ExampleResult> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(image(i, found.test(i)));
    }
    return images;
  }

  // The precision falls from 1 to 0. One of 2^6 exchanges leaves every image where it was: about 16
  // of the 999 that are drawn, and the observed one. Every set that is drawn has the same
  // difference.
  @Test
  void evidence_everyObjectLost_isWorse() {
    ScoreEvidence evidence =
        new PrecisionSwap(
                images(6, i -> true), images(6, i -> false), CocoMeasure.BOXES, CocoSettings.COCO)
            .evidence(0.01, 0.05);
    assertThat(evidence.examples()).isEqualTo(6);
    assertThat(evidence.difference()).isCloseTo(-1, within(1e-9));
    assertThat(evidence.interval().low()).isCloseTo(-1, within(1e-9));
    assertThat(evidence.interval().high()).isCloseTo(-1, within(1e-9));
    assertThat(evidence.pWorse()).isBetween(0.005, 0.030);
    assertThat(evidence.pBetter()).isEqualTo(1);
  }

  /** An image whose box is found; the mask is the object's or empty. */
  private static ExampleResult masked(int i, boolean found) {
    ObjectMask right = ObjectMask.of(50, 50, new int[] {0, 2500}, 0, 2);
    ObjectMask nothing = ObjectMask.of(50, 50, new int[] {2500}, 0, 1);
    Detection detection =
        new Detection(
            BOX, 0, 0.9, Optional.empty(), Optional.of(found ? right : nothing), Optional.empty());
    Annotation truth = new Annotation(BOX, 0, 2500, false, Optional.of(right), Optional.empty());
    return new ExampleResult("e" + i, "e" + i, List.of(detection), 1, List.of(truth), List.of());
  }

  // The boxes are the same on both sides, the masks are lost.
  @Test
  void evidence_everyMaskLost_isWorseOfMasksAlone() {
    List<ExampleResult> before = new ArrayList<>();
    List<ExampleResult> after = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      before.add(masked(i, true));
      after.add(masked(i, false));
    }
    ScoreEvidence masks =
        new PrecisionSwap(before, after, CocoMeasure.MASKS, CocoSettings.COCO).evidence(0.01, 0.05);
    ScoreEvidence boxes =
        new PrecisionSwap(before, after, CocoMeasure.BOXES, CocoSettings.COCO).evidence(0.01, 0.05);
    assertThat(masks.difference()).isCloseTo(-1, within(1e-9));
    assertThat(masks.pWorse()).isBetween(0.005, 0.030);
    assertThat(boxes.difference()).isZero();
    assertThat(boxes.pWorse()).isEqualTo(1);
  }

  @Test
  void evidence_everyObjectFound_isBetter() {
    ScoreEvidence evidence =
        new PrecisionSwap(
                images(6, i -> false), images(6, i -> true), CocoMeasure.BOXES, CocoSettings.COCO)
            .evidence(0.01, 0.05);
    assertThat(evidence.difference()).isCloseTo(1, within(1e-9));
    assertThat(evidence.pBetter()).isBetween(0.005, 0.030);
    assertThat(evidence.pWorse()).isEqualTo(1);
  }

  // Half of the objects are found on either side.
  @Test
  void evidence_changesThatCancel_isNoEvidence() {
    ScoreEvidence evidence =
        new PrecisionSwap(
                images(8, i -> i % 2 == 0),
                images(8, i -> i % 2 == 1),
                CocoMeasure.BOXES,
                CocoSettings.COCO)
            .evidence(0.01, 0.05);
    assertThat(evidence.difference()).isCloseTo(0, within(1e-9));
    assertThat(evidence.pWorse()).isEqualTo(1);
    assertThat(evidence.pBetter()).isEqualTo(1);
    assertThat(evidence.interval().low()).isBetween(-1.0, -0.4);
    assertThat(evidence.interval().high()).isBetween(0.4, 1.0);
  }

  // Without an exchange the difference is −1, with it +1: half of 999 exchanges.
  @Test
  void evidence_oneImageThatBothSidesHave_hasNoInterval() {
    List<ExampleResult> baseline = List.of(image(0, true), image(1, true));
    List<ExampleResult> candidate = List.of(image(1, false), image(2, false));
    ScoreEvidence evidence =
        new PrecisionSwap(baseline, candidate, CocoMeasure.BOXES, CocoSettings.COCO)
            .evidence(0.01, 0.05);
    assertThat(evidence.examples()).isEqualTo(1);
    assertThat(evidence.interval()).isEqualTo(Interval.UNKNOWN);
    double thousandths = evidence.pWorse() * 1000;
    assertThat(thousandths).isBetween(430.0, 570.0);
    assertThat(thousandths).isCloseTo(Math.rint(thousandths), within(1e-9));
  }
}
