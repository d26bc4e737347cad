package io.stagemark.task;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.loss.CrossEntropy;
import io.stagemark.scoring.loss.FocalMulticlass;
import io.stagemark.scoring.loss.LabelSmoothing;
import io.stagemark.scoring.metric.TopK;

/**
 * The losses of one example of a classifier. From logits they are those of {@code scoring.loss};
 * from probabilities, with {@code ce_c = −max(ln p_c, −100)}:
 *
 * <pre>
 *   cross entropy    ce_y
 *   label smoothing  (1 − ε) ce_y + ε / C · Σ_c ce_c      ε = 0.1
 *   focal            (1 − p_y)^γ ce_y                     γ = 2, α = 1
 * </pre>
 */
final class ClassLosses {
  private static final double CLAMP = 100;
  private static final double SMOOTHING = 0.1;
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
    return logits ? fromLogits(CROSS_ENTROPY) : crossEntropy(right);
  }

  private double crossEntropy(int classId) {
    return -Math.max(Math.log(row[classId]), -CLAMP);
  }

  double labelSmoothing() {
    if (logits) {
      return fromLogits(LABEL_SMOOTHING);
    }
    double sum = 0;
    for (int c = 0; c < row.length; c++) {
      sum += crossEntropy(c);
    }
    return (1 - SMOOTHING) * crossEntropy(right) + SMOOTHING / row.length * sum;
  }

  double focal() {
    if (logits) {
      return fromLogits(FOCAL);
    }
    double miss = 1 - row[right];
    return miss * miss * crossEntropy(right);
  }

  private double fromLogits(Loss loss) {
    return loss.evaluate(
            ScoreTensor.of(row, row.length),
            ScoreTensor.of(new double[] {right}),
            loss.description().defaults())
        .value();
  }
}
