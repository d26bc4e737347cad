package io.stagemark.postprocess.nms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.opencv.core.MatOfFloat;
import org.opencv.core.MatOfInt;
import org.opencv.core.MatOfRect;
import org.opencv.core.MatOfRect2d;
import org.opencv.core.Rect;
import org.opencv.core.Rect2d;
import org.opencv.dnn.Dnn;

/** Our rules against OpenCV's own functions in the same JVM. */
class OpenCvNmsProperties {

  @BeforeContainer
  static void natives() {
    nu.pattern.OpenCV.loadLocally();
  }

  /** x, y, width, height; some negative, some without area, many overlapping. */
  private static double[] rects(Random random, int count, boolean whole) {
    double[] rects = new double[4 * count];
    for (int i = 0; i < rects.length; i += 4) {
      rects[i] = random.nextDouble() * 200 - 30;
      rects[i + 1] = random.nextDouble() * 200 - 30;
      rects[i + 2] = random.nextInt(20) == 0 ? 0 : random.nextDouble() * 80;
      rects[i + 3] = random.nextDouble() * 80;
      for (int k = i; whole && k < i + 4; k++) {
        rects[k] = Math.floor(rects[k]);
      }
    }
    return rects;
  }

  private static MatOfRect2d rect2d(double[] rects) {
    Rect2d[] boxes = new Rect2d[rects.length / 4];
    for (int i = 0; i < boxes.length; i++) {
      boxes[i] = new Rect2d(rects[4 * i], rects[4 * i + 1], rects[4 * i + 2], rects[4 * i + 3]);
    }
    return new MatOfRect2d(boxes);
  }

  private static int[] ints(MatOfInt mat) {
    return mat.empty() ? new int[0] : mat.toArray();
  }

  @Property(tries = 2000)
  void keep_randomBoxes_isNMSBoxes(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 120) int count,
      @ForAll @FloatRange(min = 0, max = 1) float nmsThreshold,
      @ForAll @FloatRange(min = 0.5f, max = 1) float eta) {
    Random random = new Random(seed);
    double[] rects = rects(random, count, random.nextBoolean());
    float[] scores = Boxes.scores(random, count, 50);
    int topK = random.nextInt(3) == 0 ? count / 2 : 0;
    float threshold = random.nextFloat() / 2;
    MatOfInt kept = new MatOfInt();
    Dnn.NMSBoxes(rect2d(rects), new MatOfFloat(scores), threshold, nmsThreshold, kept, eta, topK);
    assertThat(new OpenCvNms(threshold, nmsThreshold, eta, topK).keep(rects, scores))
        .containsExactly(ints(kept));
  }

  @Property(tries = 1000)
  void keepBatched_randomBoxes_isNMSBoxesBatched(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 120) int count,
      @ForAll @FloatRange(min = 0, max = 1) float nmsThreshold) {
    Random random = new Random(seed);
    double[] rects = rects(random, count, random.nextBoolean());
    float[] scores = Boxes.scores(random, count, 50);
    int[] classes = random.ints(count, 0, 80).toArray();
    MatOfInt kept = new MatOfInt();
    Dnn.NMSBoxesBatched(
        rect2d(rects), new MatOfFloat(scores), new MatOfInt(classes), .1f, nmsThreshold, kept);
    assertThat(Boxes.keepBatched(new OpenCvNms(.1f, nmsThreshold, 1, 0), rects, scores, classes))
        .containsExactly(ints(kept));
  }

  // OpenCV's Java binding takes no method: it is the Gaussian one
  @Property(tries = 1000)
  void keepSoft_randomBoxes_isSoftNMSBoxes(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll @FloatRange(min = 0.05f, max = 2) float sigma) {
    Random random = new Random(seed);
    double[] rects = rects(random, count, true);
    float[] scores = Boxes.scores(random, count, 50);
    for (int i = 0; i < count && random.nextBoolean(); i++) {
      scores[random.nextInt(count)] = Float.NaN;
    }
    Rect[] boxes = new Rect[count];
    for (int i = 0; i < count; i++) {
      boxes[i] =
          new Rect(
              (int) rects[4 * i],
              (int) rects[4 * i + 1],
              (int) rects[4 * i + 2],
              (int) rects[4 * i + 3]);
    }
    MatOfInt kept = new MatOfInt();
    MatOfFloat updated = new MatOfFloat();
    Dnn.softNMSBoxes(
        new MatOfRect(boxes), new MatOfFloat(scores), updated, .1f, .5f, kept, 0, sigma);
    OpenCvSoftNms nms = new OpenCvSoftNms(.1f, .5f, 0, sigma, true);
    int[] ours = nms.keep(rects, scores);
    assertThat(ours).containsExactly(ints(kept));
    for (int i = 0; i < ours.length; i++) {
      float score = nms.score(ours[i]);
      float theirs = updated.toArray()[i];
      assertThat(Float.isNaN(score) == Float.isNaN(theirs)).isTrue();
      assertThat(Float.isNaN(score) ? 0 : score)
          .isCloseTo(Float.isNaN(theirs) ? 0 : theirs, within(1e-6f));
    }
  }
}
