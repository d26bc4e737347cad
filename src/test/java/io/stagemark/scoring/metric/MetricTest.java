package io.stagemark.scoring.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.scoring.metric.CalibrationError.Edges;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Metrics on cases worked by hand. */
final class MetricTest {
  private static final double NAN = Double.NaN;

  @Test
  void rank_tiesAndNan_goToTheLowerIndexAndLast() {
    double[] scores = {.5, .9, .5, NAN, .1, NAN};
    assertThat(IntStream.range(0, 6).map(c -> TopK.rank(scores, c)))
        .containsExactly(1, 0, 2, 4, 3, 5);
  }

  @Test
  void topK_rankAtTheEdge_countsBelowOnly() {
    TopK top2 = new TopK(2);
    top2.add(new double[] {.1, .3, .2}, 2); // rank 1: in
    assertThat(top2.value()).isEqualTo(1);
    top2.add(new double[] {.1, .3, .2}, 0); // rank 2: out
    assertThat(top2.value()).isEqualTo(.5);
    assertThat(new TopK(1).value()).isNaN();
    assertThatIllegalArgumentException().isThrownBy(() -> new TopK(0)).withMessageContaining("0");
  }

  // truth 0: predicted 0 0 1; truth 1: predicted 1; class 2 never occurs and is never predicted
  @Test
  void confusion_handCase_givesEveryRatio() {
    ConfusionMatrix confusion = new ConfusionMatrix(4);
    confusion.add(0, 0);
    confusion.add(0, 0);
    confusion.add(0, 1);
    confusion.add(1, 1);
    confusion.add(1, 3);

    assertThat(confusion.total()).isEqualTo(5);
    assertThat(confusion.classes()).isEqualTo(4);
    assertThat(confusion.count(0, 1)).isEqualTo(1);
    assertThat(confusion.count(1, 0)).isZero();
    assertThat(confusion.truths(0)).isEqualTo(3);
    assertThat(confusion.predictions(1)).isEqualTo(2);
    assertThat(confusion.accuracy()).hasValue(3 / 5.0);
    assertThat(confusion.precision(0)).hasValue(1);
    assertThat(confusion.precision(1)).hasValue(.5);
    assertThat(confusion.precision(2)).isEmpty();
    assertThat(confusion.precision(3)).hasValue(0);
    assertThat(confusion.recall(0)).hasValue(2 / 3.0);
    assertThat(confusion.recall(1)).hasValue(.5);
    assertThat(confusion.recall(3)).isEmpty();
    assertThat(confusion.iou(0)).hasValue(2 / 3.0);
    assertThat(confusion.iou(1)).hasValue(1 / 3.0);
    assertThat(confusion.iou(2)).isEmpty();
    assertThat(confusion.iou(3)).hasValue(0);
    assertThat(confusion.meanIou().orElseThrow()).isCloseTo(1 / 3.0, within(1e-16));
  }

  @Test
  void confusion_nothingCounted_hasNoRatio() {
    ConfusionMatrix empty = new ConfusionMatrix(1);
    assertThat(empty.accuracy()).isEmpty();
    assertThat(empty.meanIou()).isEmpty();
  }

  @Test
  void confusion_noClass_isRefusedByName() {
    ConfusionMatrix confusion = new ConfusionMatrix(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> confusion.add(2, 0))
        .withMessageContaining("truth is 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> confusion.add(0, -1))
        .withMessageContaining("prediction is -1");
    assertThatIllegalArgumentException().isThrownBy(() -> new ConfusionMatrix(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ConfusionMatrix(16385));
    assertThat(new ConfusionMatrix(16384 / 16).classes()).isEqualTo(1024);
  }

  @Test
  void calibration_confidenceOnAnEdge_fallsAsTheConventionSays() {
    for (int bins : new int[] {1, 10, 49, 98, 103}) { // 1/49 · 49 is below 1 in double
      for (int b = 0; b <= bins; b++) {
        CalibrationError right = new CalibrationError(bins, Edges.RIGHT_CLOSED);
        CalibrationError left = new CalibrationError(bins, Edges.LEFT_CLOSED);
        double edge = (double) b / bins;
        right.add(edge, true);
        left.add(edge, true);
        assertThat(right.table().get(Math.max(0, b - 1)).count()).as("(] %d", b).isEqualTo(1);
        assertThat(left.table().get(b).count()).as("[) %d", b).isEqualTo(1);
        assertThat(right.table()).hasSize(bins);
        assertThat(left.table()).hasSize(b == bins ? bins + 1 : bins);
      }
    }
  }

  @Test
  void calibration_justBesideAnEdge_fallsIntoTheBinItLiesIn() {
    for (int bins : new int[] {3, 7, 10, 15, 49, 103}) {
      for (int b = 1; b < bins; b++) {
        double edge = (double) b / bins;
        for (Edges edges : Edges.values()) {
          CalibrationError error = new CalibrationError(bins, edges);
          error.add(Math.nextDown(edge), true);
          error.add(Math.nextUp(edge), true);
          assertThat(error.table().get(b - 1).count()).isEqualTo(1);
          assertThat(error.table().get(b).count()).isEqualTo(1);
        }
      }
    }
  }

  // bin (0, .5]: .2 wrong, .4 right: confidence .3, accuracy .5; bin (.5, 1]: .9 wrong
  @Test
  void calibration_handCase_givesTheThreeErrorsAndTheTable() {
    CalibrationError error = new CalibrationError(2, Edges.RIGHT_CLOSED);
    error.add(.2, false);
    error.add(.4, true);
    error.add(.9, false);

    assertThat(error.expected()).isCloseTo((2 * .2 + .9) / 3, within(1e-15));
    assertThat(error.rms()).isCloseTo(Math.sqrt((2 * .04 + .81) / 3), within(1e-15));
    assertThat(error.max()).isCloseTo(.9, within(1e-15));
    CalibrationError.Bin first = error.table().get(0);
    assertThat(first.lower()).isZero();
    assertThat(first.upper()).isEqualTo(.5);
    assertThat(first.count()).isEqualTo(2);
    assertThat(first.confidence()).isCloseTo(.3, within(1e-15));
    assertThat(first.accuracy()).isEqualTo(.5);
    assertThat(error.table().get(1).upper()).isEqualTo(1);
  }

  @Test
  void calibration_nothing_isNan() {
    CalibrationError error = new CalibrationError(1, Edges.RIGHT_CLOSED);
    assertThat(error.expected()).isNaN();
    assertThat(error.rms()).isNaN();
    assertThat(error.max()).isNaN();
    assertThat(error.table()).hasSize(1);
  }

  @Test
  void calibration_noProbability_isRefused() {
    CalibrationError error = new CalibrationError(4, Edges.LEFT_CLOSED);
    for (double bad : new double[] {NAN, -1e-9, 1.0000001}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> error.add(bad, true))
          .withMessageContaining(Double.toString(bad));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CalibrationError(0, Edges.LEFT_CLOSED));
  }

  @Test
  void classification_logits_goThroughTheSoftmax() {
    ClassificationScores scores = new ClassificationScores(2, true, 10);
    double[] logits = {0, Math.log(3)};

    double loss = scores.add(logits, 0);

    assertThat(loss).isCloseTo(Math.log(4), within(1e-15));
    assertThat(logits).containsExactly(0, Math.log(3));
    assertThat(scores.top1()).isZero();
    assertThat(scores.top5()).isEqualTo(1);
    assertThat(scores.logLoss()).isEqualTo(loss);
    assertThat(scores.count()).isEqualTo(1);
    assertThat(scores.calibration().expected()).isCloseTo(.75, within(1e-15));
    assertThat(scores.confusion().count(0, 1)).isEqualTo(1);
  }

  @Test
  void classification_certainAndWrong_isClampedAt100() {
    ClassificationScores scores = new ClassificationScores(2, false, 10);
    assertThat(scores.add(new double[] {0, 1}, 0)).isEqualTo(100);
    assertThat(scores.add(new double[] {0, 1}, 1)).isZero();
    assertThat(scores.logLoss()).isEqualTo(50);
  }

  @Test
  void classification_equalScores_predictTheFirst() {
    ClassificationScores scores = new ClassificationScores(3, false, 10);
    scores.add(new double[] {.2, .4, .4}, 2);
    assertThat(scores.confusion().count(2, 1)).isEqualTo(1);
    assertThat(scores.top1()).isZero();
  }

  // six classes with falling scores: class 4 is the fifth, class 5 the sixth
  @Test
  void classification_top5_hasFivePlaces() {
    ClassificationScores scores = new ClassificationScores(6, true, 10);
    double[] falling = {6, 5, 4, 3, 2, 1};
    scores.add(falling, 4);
    assertThat(scores.top5()).isEqualTo(1);
    scores.add(falling, 5);
    assertThat(scores.top5()).isEqualTo(.5);
  }

  @Test
  void classification_badExample_isRefused() {
    ClassificationScores probabilities = new ClassificationScores(2, false, 10);
    ClassificationScores logits = new ClassificationScores(2, true, 10);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> probabilities.add(new double[] {.5, 1.5}, 0))
        .withMessageContaining("class 1 is 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> probabilities.add(new double[] {-.5, .5}, 0))
        .withMessageContaining("class 0 is -0.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> probabilities.add(new double[] {1}, 0))
        .withMessageContaining("1 scores for 2 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> probabilities.add(new double[] {.5, .5}, 2))
        .withMessageContaining("truth is 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> probabilities.add(new double[] {.5, .5}, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> logits.add(new double[] {Double.POSITIVE_INFINITY, 0}, 0))
        .withMessageContaining("no softmax");
    assertThat(probabilities.count()).isZero();
  }

  @Test
  void pairedDifference_handCase_countsAndOrders() {
    PairedDifference difference =
        PairedDifference.of(
            Map.of("a", 1.0, "b", 2.0, "c", 3.0, "gone", 1.0, "nan", NAN),
            Map.of("a", 1.5, "b", 1.0, "c", 3.0, "new", 1.0, "nan", 1.0));

    assertThat(difference.count()).isEqualTo(3);
    assertThat(difference.unpaired()).isEqualTo(3);
    assertThat(difference.mean()).isCloseTo(-.5 / 3, within(1e-16));
    assertThat(difference.up()).isEqualTo(1);
    assertThat(difference.down()).isEqualTo(1);
    assertThat(difference.largest())
        .extracting(PairedDifference.Change::exampleId)
        .containsExactly("b", "a", "c");
    assertThat(difference.low()).isBetween(-1.0, difference.mean());
    assertThat(difference.high()).isBetween(difference.mean(), .5);
  }

  // every example falls by the same: the interval is that point
  @Test
  void pairedDifference_constantChange_hasNoWidth() {
    Map<String, Double> before =
        IntStream.range(0, 50).boxed().collect(Collectors.toMap(i -> "e" + i, i -> (double) i));
    Map<String, Double> after =
        IntStream.range(0, 50).boxed().collect(Collectors.toMap(i -> "e" + i, i -> i - .25));

    PairedDifference difference = PairedDifference.of(before, after);

    assertThat(difference.mean()).isEqualTo(-.25);
    assertThat(difference.low()).isEqualTo(-.25);
    assertThat(difference.high()).isEqualTo(-.25);
    assertThat(difference.down()).isEqualTo(50);
    assertThat(difference.up()).isZero();
    assertThat(difference).isEqualTo(PairedDifference.of(before, after));
  }

  // differences 0 … 99: mean 49.5, standard deviation 28.87, so ± 1.96 · 2.887 = 5.66
  @Test
  void pairedDifference_manyExamples_agreesWithTheNormalInterval() {
    Map<String, Double> before =
        IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "e" + i, i -> 0.0));
    Map<String, Double> after =
        IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "e" + i, i -> (double) i));

    PairedDifference difference = PairedDifference.of(before, after);

    assertThat(difference.low()).isCloseTo(49.5 - 5.66, within(.6));
    assertThat(difference.high()).isCloseTo(49.5 + 5.66, within(.6));
  }

  @Test
  void pairedDifference_belowTwoExamples_hasNoInterval() {
    PairedDifference one = PairedDifference.of(Map.of("a", 1.0), Map.of("a", 3.0));
    PairedDifference none = PairedDifference.of(Map.of(), Map.of());

    assertThat(one.mean()).isEqualTo(2);
    assertThat(one.low()).isNaN();
    assertThat(one.high()).isNaN();
    assertThat(none.mean()).isNaN();
    assertThat(none.count()).isZero();
  }

  // The largest of 1, 5, 3 is class 1: right for the first example, wrong for the second.
  @Test
  void scores_thatAreNoProbabilities_haveARankAndNoLoss() {
    ClassificationScores scores = new ClassificationScores(3, false, 10);
    scores.addRanked(new double[] {1, 5, 3}, 1);
    scores.addRanked(new double[] {1, 5, 3}, 0);
    assertThat(scores.top1()).isEqualTo(.5);
    assertThat(scores.confusion().count(0, 1)).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scores.addRanked(new double[] {1, 2, NAN}, 1))
        .withMessage("score of class 2 is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scores.addRanked(new double[] {1, 2, 3}, 3))
        .withMessage("truth is 3, not a class index from 0 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scores.addRanked(new double[] {1, 2}, 1))
        .withMessage("2 scores for 3 classes");
  }

  @Test
  void confusion_classBeyondTheLast_isRefusedWithTheRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConfusionMatrix(2).add(0, 2))
        .withMessageContaining("prediction is 2, not a class index from 0 to 1");
  }
}
