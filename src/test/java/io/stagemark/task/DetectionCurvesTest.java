package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.CandidateCounts;
import io.stagemark.data.Detection;
import io.stagemark.data.ElementType;
import io.stagemark.data.PrecisionRecallCurve;
import io.stagemark.data.Prediction;
import io.stagemark.data.Score;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.scoring.detection.PrecisionScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The curves that a detector's scorer stores. */
final class DetectionCurvesTest {
  private static final TensorSpec INPUT =
      TaskBed.output("images", ElementType.FLOAT32, 1, 3, TaskBed.SIDE, TaskBed.SIDE).spec();

  private static DetectionScorer scorer(String score) {
    TaskSettings settings = TaskBed.settings("detection", TaskBed.decoder("yolov8"), Map.of(), 8);
    return new DetectionScorer(settings, List.of(INPUT), List.of(score));
  }

  private static Box box(int left) {
    return new Box(left, 0, left + 10, 10);
  }

  private static void add(
      DetectionScorer scorer, String id, List<Detection> found, List<Annotation> truths)
      throws TaskException {
    Observation observation =
        new Observation(
            new Prediction.Objects(
                found, new CandidateCounts(found.size(), 0, found.size(), found.size())),
            List.of(),
            Optional.empty());
    scorer.add(id, observation, new Truth.Objects(truths));
  }

  private static Annotation truth(int left, int category) {
    return new Annotation(box(left), category, 100, false);
  }

  private static Map<String, Double> byName(DetectionScorer scorer) {
    Map<String, Double> values = new java.util.HashMap<>();
    for (Score score : scorer.finish()) {
      values.put(score.name(), score.value());
    }
    return values;
  }

  // class 0: one of two objects found, precision 1 up to recall 1/2 (51 points); class 1: missed
  @Test
  void curves_twoClasses_integrateToTheScores() throws TaskException {
    DetectionScorer scorer = scorer("coco-ap");
    add(
        scorer,
        "a",
        List.of(new Detection(box(0), 0, 0.9)),
        List.of(truth(0, 0), truth(30, 0), truth(60, 1)));
    List<PrecisionRecallCurve> curves = scorer.curves();

    assertThat(curves)
        .extracting(PrecisionRecallCurve::iou)
        .containsExactly("0.50", "0.75", "0.50:0.95", "0.50", "0.50");
    assertThat(curves.get(0).truths()).isEqualTo(3);
    assertThat(curves.get(0).mean()).isCloseTo(51 / 101.0 / 2, within(1e-14));
    Map<String, Double> scores = byName(scorer);
    assertThat(curves.get(0).mean()).isCloseTo(scores.get("coco-ap50"), within(1e-14));
    assertThat(curves.get(1).mean()).isCloseTo(scores.get("coco-ap75"), within(1e-14));
    assertThat(curves.get(2).mean()).isCloseTo(scores.get("coco-ap"), within(1e-14));
    assertThat(curves.get(3).category()).contains("class0");
    assertThat(curves.get(3).truths()).isEqualTo(2);
    assertThat(curves.get(4).category()).contains("class1");
    assertThat(curves.get(4).mean()).isZero();
  }

  // classes 0 to 5 have one object each but class 4, which has two; class 6 has none
  @Test
  void curves_moreClassesThanAreStored_areThoseWithTheMostObjects() throws TaskException {
    DetectionScorer scorer = scorer("coco-ap");
    List<Annotation> truths = new ArrayList<>();
    for (int c = 0; c < 6; c++) {
      truths.add(truth(0, c));
    }
    truths.add(truth(30, 4));
    add(scorer, "a", List.of(new Detection(box(0), 6, 0.9)), truths);

    assertThat(scorer.curves().subList(3, scorer.curves().size()))
        .extracting(curve -> curve.category().orElseThrow())
        .containsExactly("class4", "class0", "class1", "class2", "class3")
        .hasSize(PrecisionScores.MAX_CLASS_CURVES);
  }

  @Test
  void curves_noObject_areEmptyAndOfNoClass() throws TaskException {
    DetectionScorer scorer = scorer("coco-ap");
    add(scorer, "a", List.of(new Detection(box(0), 0, 0.9)), List.of());
    assertThat(scorer.curves()).hasSize(3).allMatch(curve -> curve.precision().isEmpty());
    assertThat(scorer.curves()).allMatch(curve -> Double.isNaN(curve.mean()));
  }

  @Test
  void curves_anExampleAddedLater_isInThem() throws TaskException {
    DetectionScorer scorer = scorer("coco-ap");
    add(scorer, "a", List.of(), List.of(truth(0, 0)));
    assertThat(scorer.curves().get(0).mean()).isZero();
    add(scorer, "b", List.of(new Detection(box(0), 0, 0.9)), List.of(truth(0, 0)));
    // one of two found, nothing wrong
    assertThat(scorer.curves().get(0).mean()).isCloseTo(51 / 101.0, within(1e-14));
  }

  @Test
  void curves_lossesAlone_areNone() {
    assertThat(scorer("focal").curves()).isEmpty();
  }
}
