package io.stagemark.scoring.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.ClassFigures;
import io.stagemark.data.Detection;
import io.stagemark.data.LabelMap;
import io.stagemark.data.PrecisionRecallCurve;
import io.stagemark.data.Score;
import io.stagemark.data.object.KeyPoint;
import io.stagemark.data.object.ObjectMask;
import io.stagemark.data.object.ObjectPart;
import io.stagemark.data.object.ObjectPose;
import io.stagemark.data.object.Outline;
import io.stagemark.data.object.Outline.Corner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * One object, of which everything is true: box, mask, key points and rectangle. The first picture's
 * is found; of the second one's the box alone is right, and everything else is elsewhere.
 */
final class CocoMeasureTest {
  private static final Box BOX = new Box(10, 10, 50, 30);

  /** Of a picture of 60 x 60 px: its first columns. */
  private static ObjectMask columns(int count) {
    return ObjectMask.of(60, 60, new int[] {0, 60 * count, 60 * (60 - count)}, 0, 3);
  }

  private static ObjectPose pose(double x) {
    return new ObjectPose(List.of(new KeyPoint(x, 15, 2), new KeyPoint(x + 20, 25, 2)));
  }

  private static Outline rectangle(double left) {
    return new Outline(
        List.of(
            new Corner(left, 10),
            new Corner(left + 40, 10),
            new Corner(left + 40, 30),
            new Corner(left, 30)));
  }

  private static final Annotation TRUTH =
      new Annotation(
          BOX,
          0,
          1600,
          false,
          Optional.of(columns(20)),
          Optional.of(pose(20)),
          Optional.of(rectangle(10)));

  private static Detection found(ObjectMask mask, ObjectPose pose, Outline outline) {
    return new Detection(BOX, 0, .9, Optional.of(outline), Optional.of(mask), Optional.of(pose));
  }

  private static PrecisionScores scores(CocoMeasure measure) {
    PrecisionScores scores =
        new PrecisionScores(measure, CocoSettings.COCO, new LabelMap(List.of("leaf")));
    scores.add("a", List.of(found(columns(20), pose(20), rectangle(10))), List.of(TRUTH));
    // 5 of 20 columns; 400 px off; 40 px off: nothing of these overlaps by half
    scores.add("b", List.of(found(columns(5), pose(420), rectangle(50))), List.of(TRUTH));
    return scores;
  }

  private static Map<String, Double> byName(List<Score> scores) {
    return scores.stream().collect(Collectors.toMap(Score::name, Score::value));
  }

  // A hit before a miss of two objects: precision 1 at the 51 recalls up to .5.
  @Test
  void scores_eachMeasure_comparesItsPart() {
    assertThat(byName(scores(CocoMeasure.BOXES).scores(2)).get("coco-ap")).isEqualTo(1);
    for (CocoMeasure part :
        List.of(CocoMeasure.MASKS, CocoMeasure.KEY_POINTS, CocoMeasure.ROTATED_BOXES)) {
      Map<String, Double> figures = byName(scores(part).scores(2));
      assertThat(figures.get(part.score())).as(part.name()).isCloseTo(51 / 101.0, within(1e-12));
      assertThat(figures.get(part.score() + "50")).isCloseTo(51 / 101.0, within(1e-12));
      assertThat(figures).hasSize(part == CocoMeasure.KEY_POINTS ? 10 : 12);
    }
    assertThat(byName(scores(CocoMeasure.KEY_POINTS).scores(2)))
        .containsKeys("coco-keypoint-ar20", "coco-keypoint-ap-large")
        .doesNotContainKey("coco-keypoint-ap-small");
  }

  @Test
  void classes_haveTheMeasuresNames() {
    ClassFigures leaf = scores(CocoMeasure.ROTATED_BOXES).classes().get(0);
    assertThat(leaf.name()).isEqualTo("leaf");
    assertThat(byName(leaf.figures()).get("obb-ap50")).isCloseTo(51 / 101.0, within(1e-12));
    assertThat(byName(leaf.figures()).get("obb-ar100")).isCloseTo(.5, within(1e-12));
  }

  @Test
  void curves_haveTheMeanAndTheClass() {
    List<PrecisionRecallCurve> curves = scores(CocoMeasure.BOXES).curves();
    assertThat(curves).hasSize(4);
    assertThat(curves.get(2).iou()).isEqualTo("0.50:0.95");
    assertThat(curves.get(3).category()).contains("leaf");
    assertThat(curves).allSatisfy(curve -> assertThat(curve.truths()).isEqualTo(2));
  }

  @Test
  void of_score_isItsMeasure() {
    assertThat(CocoMeasure.scores())
        .containsExactly("coco-ap", "coco-mask-ap", "coco-keypoint-ap", "coco-obb-ap");
    assertThat(CocoMeasure.of("coco-obb-ap")).contains(CocoMeasure.ROTATED_BOXES);
    assertThat(CocoMeasure.of("bce")).isEmpty();
    assertThat(CocoMeasure.ROTATED_BOXES.part()).contains(ObjectPart.ROTATED_BOX);
    assertThat(CocoMeasure.BOXES.part()).isEmpty();
  }

  @Test
  void has_boxAlone_hasNoOtherPart() {
    Annotation box = new Annotation(BOX, 0, 800, false);
    for (CocoMeasure each : CocoMeasure.values()) {
      assertThat(each.has(box)).as(each.name()).isEqualTo(each == CocoMeasure.BOXES);
      assertThat(each.has(TRUTH)).as(each.name()).isTrue();
    }
  }

  @Test
  void add_sigmasOfAnotherNumber_isRefused() {
    CocoSettings usual = CocoSettings.COCO;
    CocoSettings asked =
        new CocoSettings(
            usual.iouThresholds(), usual.maxDetections(), usual.areaBoundsPx2(), List.of(.1));
    PrecisionScores scores =
        new PrecisionScores(CocoMeasure.KEY_POINTS, asked, new LabelMap(List.of("leaf")));
    assertThatThrownBy(() -> scores.add("a", List.of(), List.of(TRUTH)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 sigmas for 2 key points");
  }

  // A crowd is compared with the detection's own area: 800 of 800 px, and half of them.
  @Test
  void overlap_rectangleInACrowd_isOfItsOwnArea() {
    RotatedBox inside = RotatedBox.of(rectangle(10));
    RotatedBox region = RotatedBox.of(rectangle(30));
    assertThat(inside.overlap(inside, true)).isEqualTo(1);
    assertThat(inside.overlap(region, true)).isCloseTo(.5, within(1e-12));
    assertThat(inside.overlap(region, false)).isCloseTo(400 / 1200.0, within(1e-12));
  }
}
