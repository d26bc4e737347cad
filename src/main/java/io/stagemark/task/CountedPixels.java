package io.stagemark.task;

import io.stagemark.data.ClassMask;
import io.stagemark.scoring.ScoreTensor;
import java.nio.FloatBuffer;

/**
 * The pixels of an image that count, as losses read them.
 *
 * @param predictions {@code [1, C, pixels]}; {@code [1, pixels]} of a binary model
 * @param truth the right class, or 0 and 1: {@code [1, pixels]}
 */
record CountedPixels(ScoreTensor predictions, ScoreTensor truth) {

  /**
   * What the scores of an image are.
   *
   * @param classes channels
   * @param binary whether the one channel is right or not by itself
   * @param channelsFirst {@code [C, H, W]}, otherwise {@code [H, W, C]}
   */
  record Form(int classes, boolean binary, boolean channelsFirst) {}

  /**
   * Copies them.
   *
   * @param output scores of one image
   * @param right at the output's resolution
   */
  static CountedPixels of(FloatBuffer output, Form form, ClassMask right) {
    int counted = 0;
    for (int i = 0; i < right.size(); i++) {
      counted += right.at(i) == ClassMask.IGNORED ? 0 : 1;
    }
    int classes = form.classes();
    double[] scores = new double[counted * classes];
    double[] truths = new double[counted];
    int at = 0;
    for (int i = 0; i < right.size(); i++) {
      if (right.at(i) != ClassMask.IGNORED) {
        for (int c = 0; c < classes; c++) {
          int from = form.channelsFirst() ? c * right.size() + i : i * classes + c;
          scores[c * counted + at] = output.get(from);
        }
        truths[at++] = right.at(i);
      }
    }
    return new CountedPixels(
        form.binary()
            ? ScoreTensor.of(scores, 1, counted)
            : ScoreTensor.of(scores, 1, classes, counted),
        ScoreTensor.of(truths, 1, counted));
  }
}
