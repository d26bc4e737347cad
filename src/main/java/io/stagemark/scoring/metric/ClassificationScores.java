package io.stagemark.scoring.metric;

import io.stagemark.scoring.MergeableState;
import io.stagemark.scoring.activation.LogSumExp;
import io.stagemark.scoring.activation.Softmax;
import io.stagemark.scoring.kernel.ExactSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Everything about a classifier with one right class an example, gathered example by example: top-1
 * and top-5, log loss, calibration, the confusion matrix. The predicted class is the first of the
 * largest. Not thread-safe.
 */
public final class ClassificationScores implements MergeableState {
  private static final double CLAMP = 100;
  private static final int TOP = 5;

  private final int classes;
  private final boolean logits;
  private final TopK top1 = new TopK(1);
  private final TopK top5 = new TopK(TOP);
  private final ConfusionMatrix confusion;
  private final CalibrationError calibration;
  private final CalibrationError calibrationLeftClosed;
  private final ExactSum losses = new ExactSum();
  private long count;

  /**
   * @param classes number of classes, at least 1
   * @param logits true if scores come before the softmax, false if they are probabilities
   * @param bins of the calibration, at least 1
   */
  public ClassificationScores(int classes, boolean logits, int bins) {
    this.classes = classes;
    this.logits = logits;
    this.confusion = new ConfusionMatrix(classes);
    this.calibration = new CalibrationError(bins, CalibrationError.Edges.RIGHT_CLOSED);
    this.calibrationLeftClosed = new CalibrationError(bins, CalibrationError.Edges.LEFT_CLOSED);
  }

  /**
   * Adds one example.
   *
   * @param scores one a class
   * @param truth the right class
   * @return the example's log loss in nats: {@code −ln p_truth}; from probabilities the logarithm
   *     is clamped at −100
   * @throws IllegalArgumentException if the number of scores is not that of the classes, the truth
   *     is no class, a probability is outside [0, 1], or logits have no softmax
   */
  public double add(double[] scores, int truth) {
    requireFitting(scores, truth);
    double[] probabilities = probabilities(scores);
    int predicted = rank(scores, truth);
    calibration.add(probabilities[predicted], predicted == truth);
    calibrationLeftClosed.add(probabilities[predicted], predicted == truth);
    double loss =
        logits
            ? LogSumExp.of(scores, classes).crossEntropy(scores[truth])
            : -Math.max(Math.log(probabilities[truth]), -CLAMP);
    losses.add(loss);
    return loss;
  }

  /**
   * Adds one example whose scores are no probabilities: it has no loss, and no share in the
   * calibration.
   *
   * @param scores one a class, larger is likelier
   * @param truth the right class
   * @throws IllegalArgumentException as {@link #add} does; for a score that is NaN
   */
  public void addRanked(double[] scores, int truth) {
    requireFitting(scores, truth);
    for (int c = 0; c < classes; c++) {
      if (Double.isNaN(scores[c])) {
        throw new IllegalArgumentException("score of class %d is NaN".formatted(c));
      }
    }
    rank(scores, truth);
  }

  private void requireFitting(double[] scores, int truth) {
    if (scores.length != classes) {
      throw new IllegalArgumentException(
          "%d scores for %d classes".formatted(scores.length, classes));
    }
    if (truth < 0 || truth >= classes) {
      throw new IllegalArgumentException(
          "truth is %d, not a class index from 0 to %d".formatted(truth, classes - 1));
    }
  }

  /** Counts an example by the order of its scores; returns the predicted class. */
  private int rank(double[] scores, int truth) {
    int predicted = 0;
    for (int c = 1; c < classes; c++) {
      predicted = scores[c] > scores[predicted] ? c : predicted;
    }
    top1.add(scores, truth);
    top5.add(scores, truth);
    confusion.add(truth, predicted);
    count++;
    return predicted;
  }

  private double[] probabilities(double[] scores) {
    double[] probabilities = scores;
    if (logits) {
      probabilities = scores.clone();
      Softmax.apply(probabilities);
    }
    for (int c = 0; c < classes; c++) {
      if (!(probabilities[c] >= 0 && probabilities[c] <= 1)) {
        throw new IllegalArgumentException(
            logits
                ? "logits %s have no softmax".formatted(Arrays.toString(scores))
                : "probability of class %d is %s, not in [0, 1]".formatted(c, scores[c]));
      }
    }
    return probabilities;
  }

  private List<MergeableState> parts() {
    return List.of(top1, top5, confusion, calibration, calibrationLeftClosed, losses);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(count);
    for (MergeableState part : parts()) {
      part.write(out);
    }
  }

  @Override
  public void add(DataInput in) throws IOException {
    count += in.readLong();
    for (MergeableState part : parts()) {
      part.add(in);
    }
  }

  /** Returns whether scores come before the softmax. */
  public boolean logits() {
    return logits;
  }

  /** Returns the number of examples. */
  public long count() {
    return count;
  }

  /** Returns the share of examples whose class has the largest score; NaN of nothing. */
  public double top1() {
    return top1.value();
  }

  /** Returns the share whose class is among the five largest; 1 for five classes or fewer. */
  public double top5() {
    return top5.value();
  }

  /** Returns the mean log loss in nats; NaN of nothing. */
  public double logLoss() {
    return losses.value() / count;
  }

  /** Returns the calibration with bins as in Guo 2017. */
  public CalibrationError calibration() {
    return calibration;
  }

  /** Returns the calibration with bins as in torchmetrics. */
  public CalibrationError calibrationLeftClosed() {
    return calibrationLeftClosed;
  }

  /** Returns the counts that precision and recall of each class come from. */
  public ConfusionMatrix confusion() {
    return confusion;
  }
}
