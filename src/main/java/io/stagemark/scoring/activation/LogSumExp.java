package io.stagemark.scoring.activation;

import io.stagemark.scoring.kernel.CompensatedSum;

/**
 * {@code ln Σ e^x} of a row, taken apart so that nothing overflows or cancels: {@code max +
 * log1p(others)}.
 *
 * @param argMax the place of the largest number, the first of equals; 0 if undefined
 * @param max the largest number; NaN if undefined
 * @param others Σ e^(x − max) without the largest itself: at least 0
 */
public record LogSumExp(int argMax, double max, double others) {

  /**
   * Takes the first {@code count} numbers of a row, at least one. Undefined (all NaN) if any is NaN
   * or +∞, or all are −∞, as in PyTorch.
   */
  public static LogSumExp of(double[] row, int count) {
    int argMax = 0;
    boolean undefined = false;
    for (int c = 0; c < count; c++) {
      undefined |= Double.isNaN(row[c]);
      argMax = row[c] > row[argMax] ? c : argMax;
    }
    if (undefined || Double.isInfinite(row[argMax])) {
      return new LogSumExp(0, Double.NaN, Double.NaN);
    }
    CompensatedSum others = new CompensatedSum();
    for (int c = 0; c < count; c++) {
      if (c != argMax) {
        others.add(expOfDifference(row[c], row[argMax]));
      }
    }
    return new LogSumExp(argMax, row[argMax], others.value());
  }

  /**
   * Returns e^(x − max). The rounding of the difference (Knuth's two-sum gives it exactly) is put
   * back as a factor: left out, it would cost ten units in the last place at a difference of 10.
   */
  public static double expOfDifference(double x, double max) {
    double difference = x - max;
    double e = Math.exp(difference);
    if (e == 0) {
      return 0; // the rounding of an infinite difference is NaN
    }
    double back = difference - x;
    double rounding = (x - (difference - back)) - (max + back);
    return e + e * rounding;
  }

  /** Returns e^(x − max) / Σ: the softmax of one number of the row. */
  public double softmax(double x) {
    return expOfDifference(x, max) / (1 + others);
  }

  /** Returns ln Σ e^x − x: the cross entropy of one number of the row, at least 0. */
  public double crossEntropy(double x) {
    return (max - x) + Math.log1p(others);
  }
}
