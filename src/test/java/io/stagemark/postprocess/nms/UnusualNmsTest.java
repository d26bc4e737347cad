package io.stagemark.postprocess.nms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.postprocess.nms.OnnxNms.Selected;
import io.stagemark.postprocess.nms.SoftNms.Decay;
import io.stagemark.postprocess.nms.WeightedBoxFusion.Confidence;
import io.stagemark.postprocess.nms.WeightedBoxFusion.Scored;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.opencv.core.MatOfFloat;
import org.opencv.core.MatOfInt;
import org.opencv.core.MatOfRect;
import org.opencv.core.MatOfRect2d;
import org.opencv.core.Rect;
import org.opencv.core.Rect2d;
import org.opencv.dnn.Dnn;

/** Odd inputs, worked by hand from each rule's formula, or against OpenCV in the same JVM. */
class UnusualNmsTest {
  private static final int ALL = Integer.MAX_VALUE;

  @BeforeAll
  static void natives() {
    nu.pattern.OpenCV.loadLocally();
  }

  private static Suppression rule(NmsMethod method) {
    return Suppression.of(new NmsSettings(method, .5, 0, false, ALL, ALL, OptionalDouble.empty()));
  }

  private static int[] kept(NmsVariant variant, DoubleBoxes boxes) {
    int count = variant.run(boxes);
    return Arrays.copyOf(variant.kept(), count);
  }

  private static DoubleBoxes boxes(double[] corners, double... scores) {
    return Boxes.doubles(corners, scores, new int[scores.length]);
  }

  // Disjoint boxes of one score: whatever the rule, ties go to the lower index. Fusion reverses
  // them, as numpy's reversed argsort does, but its boxes are new ones.
  @ParameterizedTest
  @EnumSource(
      value = NmsMethod.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"WEIGHTED_FUSION"})
  void run_ties_goToTheLowerIndex(NmsMethod method) {
    BoxList boxes =
        Boxes.of(new float[] {0, 0, 1, 1, 2, 0, 3, 1, 4, 0, 5, 1}, new float[] {.5f, .5f, .5f});
    Suppression nms = rule(method);
    int count = nms.run(boxes);
    assertThat(Arrays.copyOf(nms.kept(), count)).containsExactly(0, 1, 2);
  }

  // The facts' table: two boxes without area are both kept, but the second falls in OpenCV.
  // Fusion drops both.
  @ParameterizedTest
  @CsvSource({
    "HARD, 2", "ULTRALYTICS, 2", "ONNX, 2", "OPENCV, 1", "SOFT_LINEAR, 2", "SOFT_GAUSSIAN, 2",
    "DIOU, 2", "FAST, 2", "MATRIX_LINEAR, 2", "MATRIX_GAUSSIAN, 2", "WEIGHTED_FUSION, 0", "NONE, 2"
  })
  void run_twoBoxesWithoutArea_areKeptAsTheRuleSays(NmsMethod method, int expected) {
    BoxList boxes = Boxes.of(new float[] {1, 1, 1, 5, 1, 1, 1, 5}, new float[] {.9f, .8f});
    assertThat(rule(method).run(boxes)).isEqualTo(expected);
    for (int i = 0; i < boxes.size(); i++) {
      assertThat(boxes.scores()[i]).isFinite();
    }
  }

  // Three boxes of one place, σ 0.1: e^(−1/0.1) = 4.5e-5 each time, 0.9, 0.8 · that, 0.7 · its
  // square
  @Test
  void softGaussian_identicalBoxes_decayOnceForEachTaken() {
    double[] place = {0, 0, 4, 4, 0, 0, 4, 4, 0, 0, 4, 4};
    DoubleBoxes boxes = boxes(place, .7, .9, .8);
    assertThat(kept(new SoftNms(Decay.GAUSSIAN, .5, .1, 0, false), boxes)).containsExactly(1, 2, 0);
    assertThat(boxes.scores[2]).isCloseTo(.8 * Math.exp(-10), within(1e-18));
    assertThat(boxes.scores[0]).isCloseTo(.7 * Math.exp(-20), within(1e-22));
    assertThat(kept(new SoftNms(Decay.GAUSSIAN, .5, .1, 1e-4, false), boxes(place, .7, .9, .8)))
        .containsExactly(1);
  }

  @Test
  void soft_nanScores_areDropped() {
    double[] place = {0, 0, 4, 4, 9, 9, 12, 12};
    assertThat(kept(new SoftNms(Decay.LINEAR, .5, 1, 0, false), boxes(place, Double.NaN, .1)))
        .containsExactly(1);
  }

  // A and B share 8 of 16 px², B and C too, A and C 4 of 20: IoU 1/2, 1/2, 1/5. f(1/2) is e^(−2/4)
  // or 1 − 1/2. C's factor is the least of f(1/2)/f(1/2) = 1 by B, which A overlaps, and f(1/5) by
  // A.
  @ParameterizedTest
  @CsvSource({"true, 0.6065306597126334", "false, 0.5"})
  void matrix_chain_compensatesForTheOverlapOfTheBetterBox(boolean gaussian, double factor) {
    double[] chain = {0, 0, 4, 3, 0, 1, 4, 4, 0, 2, 4, 5};
    DoubleBoxes boxes = boxes(chain, .9, .8, .7);
    assertThat(kept(new MatrixNms(gaussian, 2), boxes)).containsExactly(0, 1, 2);
    assertThat(boxes.scores[0]).isEqualTo(.9);
    assertThat(boxes.scores[1]).isCloseTo(.8 * factor, within(1e-15));
    double far = gaussian ? Math.exp(-2 / 25.0) : .8;
    assertThat(boxes.scores[2]).isCloseTo(.7 * far, within(1e-15));
  }

  // Weights 2 and 1, one box each at IoU 0.6: scores 1.6 and 0.6 after weighting.
  // x = (1.6·0 + 0.6·0.1)/2.2, score = (2.2/2) · 2 boxes / (2 + 1)
  @Test
  void fusion_weights_countInPlaceAndScore() {
    List<List<Scored>> models =
        List.of(
            List.of(new Scored(0, 0, .4, .4, 1, .8)), List.of(new Scored(.1, 0, .5, .4, 1, .6)));
    List<Scored> fused =
        new WeightedBoxFusion(.55, 0, Confidence.AVG, false, 1).fuse(models, List.of(2.0, 1.0));
    assertThat(fused).hasSize(1);
    assertThat(fused.get(0).left()).isCloseTo(.06 / 2.2, within(1e-6));
    assertThat(fused.get(0).right()).isCloseTo((1.6 * .4 + .6 * .5) / 2.2, within(1e-6));
    assertThat(fused.get(0).score()).isCloseTo(2.2 / 3, within(1e-6));
    // one box alone, of the model with weight 1: 0.6 · 1 · 1 / 3
    assertThat(
            new WeightedBoxFusion(.7, 0, Confidence.AVG, false, 1).fuse(models, List.of(2.0, 1.0)))
        .extracting(Scored::score)
        .satisfiesExactly(
            score -> assertThat(score).isCloseTo(1.6 / 3, within(1e-6)),
            score -> assertThat(score).isCloseTo(.6 / 3, within(1e-6)));
  }

  // Centre 2, 2 and 3, 2 of 4x4 px: 12 of 20 px², IoU 0.6; as corners they would be empty boxes
  @Test
  void onnx_centrePoints_areBoxesAroundThem() {
    float[] boxes = {2, 2, 4, 4, 3, 2, 4, 4};
    float[] scores = {.5f, .5f};
    assertThat(onnx(true, 10, .59f).run(boxes, scores, 1, 1, 2))
        .containsExactly(new Selected(0, 0, 0));
    assertThat(onnx(true, 10, .61f).run(boxes, scores, 1, 1, 2)).hasSize(2);
    assertThat(onnx(true, 0, .61f).run(boxes, scores, 1, 1, 2)).isEmpty();
    assertThat(onnx(true, -1, .61f).run(boxes, scores, 1, 1, 2)).isEmpty();
  }

  private static OnnxNms onnx(boolean centre, long most, float iou) {
    return new OnnxNms(centre, most, iou, OptionalDouble.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.7, 0.9, 0",
    "0.1, 0.7, 0.9, 3",
    "0, 0, 1, 0",
    "0, 1, 0.5, 2",
    "0.5, 0.6, 0.01, -5",
    "0.1, 1.5, 0.8, 0",
    "0.9, 0.5, 2, 0"
  })
  void openCv_oddScoresAndEta_areAsOpenCvHasThem(float score, float iou, float eta, int topK) {
    float nan = Float.NaN;
    float[] scores = {.5f, nan, .5f, 0, -0f, .9f, Float.POSITIVE_INFINITY, -1, .5f, .100000001f};
    double[] rects = new double[40];
    Rect2d[] theirs = new Rect2d[10];
    for (int i = 0; i < 10; i++) {
      theirs[i] = new Rect2d(i % 4, 0, i == 8 ? 0 : 10, i == 5 ? -3 : 10);
      double[] rect = {theirs[i].x, theirs[i].y, theirs[i].width, theirs[i].height};
      System.arraycopy(rect, 0, rects, 4 * i, 4);
    }
    MatOfInt expected = new MatOfInt();
    Dnn.NMSBoxes(new MatOfRect2d(theirs), new MatOfFloat(scores), score, iou, expected, eta, topK);
    assertThat(new OpenCvNms(score, iou, eta, topK).keep(rects, scores))
        .containsExactly(expected.empty() ? new int[0] : expected.toArray());
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0", "0.05, 3", "100, 0", "0, 0"})
  void openCvSoft_oddScoresAndSigma_areAsOpenCvHasThem(float sigma, int topK) {
    float[] scores = {.5f, .5f, .9f, .9f, .1f, 0, -1, .3f};
    double[] rects = new double[32];
    Rect[] theirs = new Rect[8];
    for (int i = 0; i < 8; i++) {
      theirs[i] = new Rect(3 * (i % 4), 0, i == 7 ? 0 : 10, 10);
      double[] rect = {theirs[i].x, theirs[i].y, theirs[i].width, theirs[i].height};
      System.arraycopy(rect, 0, rects, 4 * i, 4);
    }
    MatOfInt expected = new MatOfInt();
    Dnn.softNMSBoxes(
        new MatOfRect(theirs),
        new MatOfFloat(scores),
        new MatOfFloat(),
        .1f,
        .3f,
        expected,
        topK,
        sigma);
    assertThat(new OpenCvSoftNms(.1f, .3f, topK, sigma, true).keep(rects, scores))
        .containsExactly(expected.empty() ? new int[0] : expected.toArray());
  }

  // run on OpenCV: a NaN is taken as soon as it is first in line
  @ParameterizedTest
  @CsvSource({"0, '0 1 2'", "1, '0 1 2'", "2, '1 0 2'"})
  void openCvSoft_nanScore_isKept(int at, String expected) {
    float[] scores = {.5f, .9f, .3f};
    scores[at] = Float.NaN;
    double[] apart = {0, 0, 10, 10, 20, 0, 10, 10, 40, 0, 10, 10};
    assertThat(new OpenCvSoftNms(.1f, .3f, 0, .5f, true).keep(apart, scores))
        .containsExactly(Arrays.stream(expected.split(" ")).mapToInt(Integer::parseInt).toArray());
  }
}
