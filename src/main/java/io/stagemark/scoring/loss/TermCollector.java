package io.stagemark.scoring.loss;

import io.stagemark.scoring.LossResult;
import io.stagemark.scoring.Reduction;
import io.stagemark.scoring.ScoreTensor;
import io.stagemark.scoring.kernel.CompensatedSum;
import java.util.List;
import java.util.Optional;

/** Turns terms into a {@link LossResult}; the mean is over the sum of the terms' shares. */
final class TermCollector {
  private final Reduction reduction;
  private final List<Integer> shape;
  private final double[] terms;
  private final CompensatedSum sum = new CompensatedSum();
  private final CompensatedSum shares = new CompensatedSum();
  private long count;
  private long positives;

  /**
   * @param shape of the terms, all of which are kept for {@link Reduction#NONE}
   */
  TermCollector(Reduction reduction, List<Integer> shape) {
    this.reduction = reduction;
    this.shape = shape;
    int size = shape.stream().reduce(1, Math::multiplyExact);
    this.terms = new double[reduction == Reduction.NONE ? size : 0];
  }

  /** Adds the term of an element that counts as one. */
  void add(int index, double term) {
    add(index, term, 1);
  }

  /** Adds the term of an element that counts as {@code share} in the mean. */
  void add(int index, double term, double share) {
    if (terms.length > 0) {
      terms[index] = term;
    }
    sum.add(term);
    shares.add(share);
    count++;
  }

  /** Notes that an element's target is positive, for {@link Reduction#POSITIVES}. */
  void countPositive() {
    positives++;
  }

  /** Returns the reduced loss. An element never added was ignored: its term is 0. */
  LossResult result() {
    double value =
        switch (reduction) {
          case SUM -> sum.value();
          case POSITIVES -> sum.value() / Math.max(1, positives);
          case MEAN, NONE -> sum.value() / shares.value();
        };
    Optional<ScoreTensor> kept =
        reduction == Reduction.NONE ? Optional.of(ScoreTensor.of(terms, shape)) : Optional.empty();
    return new LossResult(value, reduction, count, kept);
  }

  /** Returns a weight times a value; 0 where the weight is 0 and the value infinite (the limit). */
  static double weighted(double weight, double value) {
    return weight == 0 && Double.isInfinite(value) ? 0 : weight * value;
  }
}
