package io.stagemark.postprocess.nms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Powers that {@link MatrixNms} leaves out change no bit of the published formula. */
class MatrixNmsProperties {

  @Property(tries = 1000)
  void run_gaussian_isTheFormulaToTheBit(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 80) int count) {
    Random random = new Random(seed);
    double sigma = Math.scalb(random.nextDouble() + .1, random.nextInt(14) - 3);
    double[] corners = new double[4 * count];
    double[] scores = new double[count];
    int[] classIds = random.ints(count, 0, 2).toArray();
    for (int i = 0; i < count; i++) {
      corners[4 * i] = random.nextDouble() * 40;
      corners[4 * i + 1] = random.nextDouble() * 40;
      corners[4 * i + 2] = corners[4 * i] + random.nextDouble() * 60;
      corners[4 * i + 3] = corners[4 * i + 1] + random.nextDouble() * 60;
      if (i > 0 && random.nextInt(8) == 0) {
        System.arraycopy(corners, 4 * i - 4, corners, 4 * i, 4);
      }
      scores[i] = 1 - i / (double) count;
    }
    DoubleBoxes boxes = Boxes.doubles(corners, scores, classIds);
    double[] expected = decayed(boxes, scores, classIds, sigma);
    new MatrixNms(true, sigma).run(boxes);
    for (int i = 0; i < count; i++) {
      assertThat(boxes.scores[i]).as("box %d, sigma %s", i, sigma).isEqualTo(expected[i]);
    }
  }

  /** {@code min_i f(iou_ij) / f(comp_i)} of boxes in the order of their scores. */
  private static double[] decayed(
      DoubleBoxes boxes, double[] scores, int[] classIds, double sigma) {
    double[] compensations = new double[scores.length];
    double[] decayed = new double[scores.length];
    for (int j = 0; j < scores.length; j++) {
      double decay = 1;
      for (int i = 0; i < j; i++) {
        if (classIds[i] == classIds[j]) {
          double iou = boxes.iou(i, j, 0);
          compensations[j] = Math.max(compensations[j], iou);
          double denominator = power(compensations[i], sigma);
          if (denominator > 0) {
            decay = Math.min(decay, power(iou, sigma) / denominator);
          }
        }
      }
      decayed[j] = scores[j] * decay;
    }
    return decayed;
  }

  private static double power(double iou, double sigma) {
    return Math.exp(-sigma * iou * iou);
  }
}
