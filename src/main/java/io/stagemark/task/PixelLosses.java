package io.stagemark.task;

import io.stagemark.data.ClassMask;
import io.stagemark.scoring.Loss;
import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.activation.Softmax;
import io.stagemark.scoring.loss.CrossEntropy;
import io.stagemark.scoring.loss.FocalMulticlass;
import io.stagemark.scoring.loss.LovaszHinge;
import io.stagemark.scoring.loss.LovaszSoftmax;
import java.nio.FloatBuffer;

/**
 * The losses of one image, over the pixels that count. Lovász is the hinge on a binary model's
 * logits, Lovász-Softmax on probabilities: of the one class, or of the classes present.
 */
final class PixelLosses {
  private final Form form;
  private final double[] scores;
  private final double[] truths;

  /**
   * What the scores are.
   *
   * @param classes channels
   * @param binary whether the one channel is right or not by itself
   * @param logits true if they come before the last step
   * @param channelsFirst {@code [C, H, W]}, otherwise {@code [H, W, C]}
   */
  record Form(int classes, boolean binary, boolean logits, boolean channelsFirst) {}

  /**
   * @param output scores of one image
   * @param right at the output's resolution
   */
  PixelLosses(FloatBuffer output, Form form, ClassMask right) {
    this.form = form;
    int counted = 0;
    for (int i = 0; i < right.size(); i++) {
      counted += right.at(i) == ClassMask.IGNORED ? 0 : 1;
    }
    this.scores = new double[counted * form.classes()];
    this.truths = new double[counted];
    int at = 0;
    for (int i = 0; i < right.size(); i++) {
      if (right.at(i) != ClassMask.IGNORED) {
        for (int c = 0; c < form.classes(); c++) {
          int from = form.channelsFirst() ? c * right.size() + i : i * form.classes() + c;
          scores[at * form.classes() + c] = output.get(from);
        }
        truths[at++] = right.at(i);
      }
    }
  }

  double of(String name) {
    if (name.equals(SegmentationScorer.LOVASZ)) {
      return lovasz();
    }
    if (form.binary()) {
      return new BinaryLosses(scores, truths, form.logits()).of(name).orElseThrow();
    }
    if (form.logits()) {
      Loss loss =
          name.equals(SegmentationScorer.FOCAL) ? new FocalMulticlass() : new CrossEntropy();
      ScoreTensor logits = ScoreTensor.of(scores, truths.length, form.classes());
      return loss.evaluate(logits, ScoreTensor.vector(truths), loss.description().defaults())
          .value();
    }
    double sum = 0;
    for (int i = 0; i < truths.length; i++) {
      ClassLosses losses = new ClassLosses(row(i), false, (int) truths[i]);
      sum += name.equals(SegmentationScorer.FOCAL) ? losses.focal() : losses.crossEntropy();
    }
    return sum / truths.length;
  }

  private double[] row(int pixel) {
    double[] row = new double[form.classes()];
    System.arraycopy(scores, pixel * row.length, row, 0, row.length);
    return row;
  }

  private double lovasz() {
    int pixels = truths.length;
    ScoreTensor labels = ScoreTensor.of(truths, 1, pixels);
    if (form.binary()) {
      Loss loss = form.logits() ? new LovaszHinge() : new LovaszSoftmax();
      ScoreArguments arguments = loss.description().defaults();
      return loss.evaluate(
              ScoreTensor.of(scores, 1, pixels),
              labels,
              form.logits() ? arguments : arguments.with("classes", "1"))
          .value();
    }
    double[] byClass = new double[scores.length];
    for (int i = 0; i < pixels; i++) {
      double[] row = row(i);
      if (form.logits()) {
        Softmax.apply(row);
      }
      for (int c = 0; c < row.length; c++) {
        byClass[c * pixels + i] = row[c];
      }
    }
    Loss loss = new LovaszSoftmax();
    ScoreTensor probabilities = ScoreTensor.of(byClass, 1, form.classes(), pixels);
    return loss.evaluate(probabilities, labels, loss.description().defaults()).value();
  }
}
