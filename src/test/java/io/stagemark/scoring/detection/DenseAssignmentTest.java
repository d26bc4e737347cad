package io.stagemark.scoring.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.DenseCandidates;
import io.stagemark.data.DenseCandidates.Layout;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Assignment and dense losses on cases worked by hand. */
final class DenseAssignmentTest {
  private static final DenseLossSettings DEFAULT = DenseLossSettings.DEFAULT;
  private static final DenseLossSettings LOW_QUALITY =
      new DenseLossSettings(.5, .4, true, .25, 2, 1, 2);

  private static Annotation truth(double left, double right, int classId, boolean crowd) {
    return new Annotation(new Box(left, 0, right, 10), classId, 100, crowd);
  }

  /** Candidates of height 10 from left to right edges, one class, all logits 0. */
  private static CandidateScores candidates(double... edges) {
    double[] boxes = new double[2 * edges.length];
    for (int i = 0; i < edges.length / 2; i++) {
      boxes[4 * i] = edges[2 * i];
      boxes[4 * i + 2] = edges[2 * i + 1];
      boxes[4 * i + 3] = 10;
    }
    int count = edges.length / 2;
    return CandidateScores.of(
        new DenseCandidates(
            count, 1, true, FloatBuffer.allocate(count), new Layout(0, 1, 1), boxes));
  }

  private static int[] matches(
      CandidateScores candidates, List<Annotation> truths, DenseLossSettings settings) {
    DenseAssignment assignment = DenseAssignment.of(candidates, truths, settings);
    int[] matches = new int[candidates.count()];
    for (int i = 0; i < matches.length; i++) {
      matches[i] = assignment.match(i);
    }
    return matches;
  }

  @Test
  void of_equalOverlaps_takesTheLowestIndex() {
    List<Annotation> twins = List.of(truth(0, 10, 0, false), truth(0, 10, 0, false));
    assertThat(matches(candidates(0, 10, 1, 9), twins, DEFAULT)).containsExactly(0, 0);
  }

  @Test
  void of_crowd_takesNoPart() {
    List<Annotation> truths = List.of(truth(0, 10, 0, true), truth(5, 15, 0, false));
    // the first lies on the crowd (IoU with the other 1/3), the second on the object
    assertThat(matches(candidates(0, 10, 5, 15), truths, LOW_QUALITY)).containsExactly(-1, 1);
  }

  // IoU with [0, 10]: 10/20 = .5, 10/21 < .5, 10/25 = .4, 10/26 < .4
  @Test
  void of_onTheThresholds_countsAsAbove() {
    DenseAssignment assignment =
        DenseAssignment.of(
            candidates(0, 20, 0, 21, 0, 25, 0, 26), List.of(truth(0, 10, 0, false)), DEFAULT);
    assertThat(assignment.match(0)).isZero();
    assertThat(assignment.match(1)).isEqualTo(DenseAssignment.IGNORED);
    assertThat(assignment.match(2)).isEqualTo(DenseAssignment.IGNORED);
    assertThat(assignment.match(3)).isEqualTo(DenseAssignment.BACKGROUND);
    assertThat(assignment.positives()).isEqualTo(1);
    assertThat(assignment.ignored()).isEqualTo(2);
    assertThat(assignment.background()).isEqualTo(1);
  }

  @Test
  void of_noTruth_isAllBackground() {
    assertThat(matches(candidates(0, 10, 5, 6), List.of(), LOW_QUALITY)).containsExactly(-1, -1);
  }

  // best overlaps of the object: 10/40 twice; both are restored, the third (10/50) is not
  @Test
  void of_lowQuality_restoresAllOfTheBest() {
    List<Annotation> truths = List.of(truth(0, 10, 0, false));
    CandidateScores candidates = candidates(0, 40, -30, 10, 0, 50);
    assertThat(matches(candidates, truths, LOW_QUALITY)).containsExactly(0, 0, -1);
    assertThat(matches(candidates, truths, DEFAULT)).containsExactly(-1, -1, -1);
  }

  @Test
  void of_lowQualityWithoutOverlap_restoresNothing() {
    List<Annotation> truths = List.of(truth(100, 110, 0, false));
    assertThat(matches(candidates(0, 10, 100, 100), truths, LOW_QUALITY)).containsExactly(-1, -1);
  }

  // the wide candidate is the best of the small object, but its own best is the large one
  @Test
  void of_lowQuality_restoresTheCandidatesOwnBest() {
    List<Annotation> truths = List.of(truth(0, 2, 0, false), truth(4, 10, 0, false));
    CandidateScores candidates = candidates(0, 20);
    assertThat(matches(candidates, truths, LOW_QUALITY)).containsExactly(1);
  }

  @Test
  void of_brokenBoxes_areBackground() {
    List<Annotation> truths = List.of(truth(0, 10, 0, false));
    assertThat(matches(candidates(10, 0, Double.NaN, 10, 3, 3), truths, LOW_QUALITY))
        .containsExactly(-1, -1, -1);
  }

  // heights differ: overlap 10 x 5 of 10 x 10 and 10 x 5: 50/100; above and beside: none
  @Test
  void of_verticalOverlap_countsLikeHorizontal() {
    double[] boxes = {0, 5, 10, 10, 0, 10, 10, 20, 0, -10, 10, 0};
    CandidateScores candidates =
        CandidateScores.of(
            new DenseCandidates(3, 1, true, FloatBuffer.allocate(3), new Layout(0, 1, 1), boxes));
    assertThat(matches(candidates, List.of(truth(0, 10, 0, false)), DEFAULT))
        .containsExactly(0, -1, -1);
  }

  // a positive with p .5 on its class and .25 on the other; a background with p .5 and 0
  @Test
  void evaluate_probabilities_areSummedByHand() {
    float[] scores = {.5f, .25f, .5f, 0};
    double[] boxes = {0, 0, 10, 10, 50, 0, 60, 10};
    DenseCandidates candidates =
        new DenseCandidates(2, 2, false, FloatBuffer.wrap(scores), new Layout(0, 2, 1), boxes);

    DenseLossResult result =
        new DenseDetectionLoss(DEFAULT).evaluate(candidates, List.of(truth(0, 10, 0, false)));

    double ln2 = Math.log(2);
    double quarter = -Math.log(.75);
    assertThat(result.bce().positive()).isCloseTo(ln2, within(1e-15));
    assertThat(result.bce().negative()).isCloseTo(quarter + ln2, within(1e-15));
    assertThat(result.focal().positive()).isCloseTo(.25 * .25 * ln2, within(1e-15));
    assertThat(result.focal().negative()).isCloseTo(.75 * (quarter / 16 + ln2 / 4), within(1e-15));
    assertThat(result.focalUnweighted().positive()).isCloseTo(.25 * ln2, within(1e-15));
    assertThat(result.focalUnweighted().negative())
        .isCloseTo(quarter / 16 + ln2 / 4, within(1e-15));
    assertThat(result.positives()).isEqualTo(1);
    assertThat(result.negatives()).isEqualTo(1);
    assertThat(result.positiveTerms()).isEqualTo(1);
    assertThat(result.negativeTerms()).isEqualTo(3);
  }

  @Test
  void evaluate_certainAndWrong_isClamped() {
    float[] scores = {0, 1};
    double[] boxes = {0, 0, 10, 10, 50, 0, 60, 10};
    DenseCandidates candidates =
        new DenseCandidates(2, 1, false, FloatBuffer.wrap(scores), new Layout(0, 1, 1), boxes);

    DenseLossResult result =
        new DenseDetectionLoss(DEFAULT).evaluate(candidates, List.of(truth(0, 10, 0, false)));

    assertThat(result.bce().positive()).isEqualTo(100);
    assertThat(result.bce().negative()).isEqualTo(100);
    assertThat(result.focal().positive()).isEqualTo(25);
    assertThat(result.focalUnweighted().positive()).isEqualTo(100);
  }

  // α and γ of both forms apart: terms of a positive with logit 0 (bce ln 2, miss 1/2)
  @Test
  void evaluate_ownSettings_reachBothForms() {
    DenseLossSettings settings = new DenseLossSettings(.5, .4, false, .1, 3, 7, 1);
    for (boolean logits : new boolean[] {true, false}) {
      float[] scores = logits ? new float[2] : new float[] {.5f, .5f};
      double[] boxes = {0, 0, 10, 10, 50, 0, 60, 10};
      DenseCandidates candidates =
          new DenseCandidates(2, 1, logits, FloatBuffer.wrap(scores), new Layout(0, 1, 1), boxes);

      DenseLossResult result =
          new DenseDetectionLoss(settings).evaluate(candidates, List.of(truth(0, 10, 0, false)));

      double ln2 = Math.log(2);
      assertThat(result.focal().positive()).isCloseTo(.1 / 8 * ln2, within(1e-15));
      assertThat(result.focal().negative()).isCloseTo(.9 / 8 * ln2, within(1e-15));
      assertThat(result.focalUnweighted().positive()).isCloseTo(3.5 * ln2, within(1e-14));
      assertThat(result.focalUnweighted().negative()).isCloseTo(3.5 * ln2, within(1e-14));
    }
  }

  // 130 candidates reach over two blocks; both layouts of memory read the same
  @Test
  void evaluate_manyCandidates_readsEitherLayout() {
    int count = 130;
    int classes = 3;
    float[] candidateMajor = new float[count * classes];
    float[] classMajor = new float[count * classes];
    double expected = 0;
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < classes; k++) {
        float score = (i * 7 + k * 3) % 11 - 8;
        candidateMajor[i * classes + k] = score;
        classMajor[k * count + i] = score;
        expected += Math.log1p(Math.exp(score));
      }
    }
    double[] boxes = new double[4 * count];
    DenseDetectionLoss loss = new DenseDetectionLoss(DEFAULT);

    DenseLossResult one =
        loss.evaluate(
            new DenseCandidates(
                count,
                classes,
                true,
                FloatBuffer.wrap(candidateMajor),
                new Layout(0, classes, 1),
                boxes),
            List.of());
    DenseLossResult two =
        loss.evaluate(
            new DenseCandidates(
                count, classes, true, FloatBuffer.wrap(classMajor), new Layout(0, 1, count), boxes),
            List.of());

    assertThat(one.bce().sum()).isCloseTo(expected, within(1e-12 * expected));
    assertThat(two).isEqualTo(one);
    assertThat(one.normalised(one.bce())).isEqualTo(one.bce().sum());
  }

  @Test
  void evaluate_noCandidate_isZero() {
    DenseCandidates none =
        new DenseCandidates(
            0, 3, true, FloatBuffer.allocate(0), new Layout(0, 1, 1), new double[0]);
    DenseLossResult result = new DenseDetectionLoss(DEFAULT).evaluate(none, List.of());
    assertThat(result.normalised(result.focal())).isZero();
  }

  @Test
  void evaluate_badInput_isNamed() {
    double[] boxes = {0, 0, 10, 10, 20, 0, 30, 10};
    DenseDetectionLoss loss = new DenseDetectionLoss(DEFAULT);
    DenseCandidates wrong =
        new DenseCandidates(
            2, 1, false, FloatBuffer.wrap(new float[] {0, 1.5f}), new Layout(0, 1, 1), boxes);
    DenseCandidates nan =
        new DenseCandidates(
            2, 1, false, FloatBuffer.wrap(new float[] {Float.NaN, 0}), new Layout(0, 1, 1), boxes);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.evaluate(wrong, List.of()))
        .withMessageContaining("candidate 1, class 0: 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.evaluate(nan, List.of(truth(0, 10, 0, false))))
        .withMessageContaining("candidate 0");
    CandidateScores fine = candidates(0, 10);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.evaluate(fine, List.of(truth(0, 10, 1, false))))
        .withMessageContaining("truth 0 has class 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.evaluate(fine, List.of(truth(0, 10, -1, false))));
    assertThat(loss.evaluate(fine, List.of(truth(0, 10, 5, true))).positives()).isZero();
  }

  @Test
  void settings_outOfRange_areRefused() {
    double inf = Double.POSITIVE_INFINITY;
    for (double[] bad :
        new double[][] {
          {0, 0, .25, 2, 1, 2},
          {1.1, .4, .25, 2, 1, 2},
          {.5, .6, .25, 2, 1, 2},
          {.5, -.1, .25, 2, 1, 2},
          {.5, .4, -.1, 2, 1, 2},
          {.5, .4, 1.1, 2, 1, 2},
          {.5, .4, .25, -1, 1, 2},
          {.5, .4, .25, inf, 1, 2},
          {.5, .4, .25, 2, -1, 2},
          {.5, .4, .25, 2, 1, -1},
          {Double.NaN, .4, .25, 2, 1, 2}
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new DenseLossSettings(bad[0], bad[1], false, bad[2], bad[3], bad[4], bad[5]));
    }
    assertThat(new DenseLossSettings(1, 0, true, 0, 0, 0, 0).alpha()).isZero();
    assertThat(new DenseLossSettings(.5, .5, true, 1, 0, 0, 0).alpha()).isEqualTo(1);
  }
}
