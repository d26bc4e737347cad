package io.stagemark.task;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.loss.CrossEntropy;
import io.stagemark.scoring.loss.FocalMulticlass;
import io.stagemark.scoring.loss.LabelSmoothing;
import io.stagemark.scoring.loss.ProbabilityLosses;
import io.stagemark.scoring.metric.TopK;

/** The losses of one example of a classifier, from logits or from probabilities. */
final class ClassLosses {
  private static final Loss CROSS_ENTROPY = new CrossEntropy();
  private static final Loss LABEL_SMOOTHING = new LabelSmoothing();
  private static final Loss FOCAL = new FocalMulticlass();

  private final double[] row;
  private final boolean logits;
  private final int right;

  /**
   * @param row one score a class
   * @param logits true if they come before the softmax
   * @param right the right class
   */
  ClassLosses(double[] row, boolean logits, int right) {
    this.row = row;
    this.logits = logits;
    this.right = right;
  }

  boolean isRight(int k) {
    return TopK.rank(row, right) < k;
  }

  double crossEntropy() {
    return logits ? fromLogits(CROSS_ENTROPY) : ProbabilityLosses.crossEntropy(row, right);
  }

  double labelSmoothing() {
    return logits ? fromLogits(LABEL_SMOOTHING) : ProbabilityLosses.labelSmoothing(row, right);
  }

  double focal() {
    return logits ? fromLogits(FOCAL) : ProbabilityLosses.focal(row, right);
  }

  private double fromLogits(Loss loss) {
    return loss.evaluate(
            ScoreTensor.of(row, row.length),
            ScoreTensor.of(new double[] {right}),
            loss.description().defaults())
        .value();
  }
}
