package io.stagemark.scoring.activation;

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
    int argMax = argMax(row, count);
    double max = argMax < 0 ? Double.NaN : row[argMax];
    return new LogSumExp(Math.max(argMax, 0), max, others(row, count, argMax));
  }

  /** Returns the place of the largest; −1 if there is no sum. */
  static int argMax(double[] row, int count) {
    int argMax = 0;
    for (int c = 0; c < count; c++) {
      if (Double.isNaN(row[c])) {
        return -1;
      }
      argMax = row[c] > row[argMax] ? c : argMax;
    }
    return Double.isInfinite(row[argMax]) ? -1 : argMax;
  }

  /** Returns Σ e^(x − max) without the largest: summed as {@code CompensatedSum} does. */
  static double others(double[] row, int count, int argMax) {
    if (argMax < 0) {
      return Double.NaN;
    }
    double sum = 0;
    double lost = 0;
    for (int c = 0; c < count; c++) {
      if (c != argMax) {
        double term = expOfDifference(row[c], row[argMax]);
        double next = sum + term;
        lost += sum >= term ? (sum - next) + term : (term - next) + sum;
        sum = next;
      }
    }
    return sum + lost;
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

  /** Returns ln Σ e^x − x: the cross entropy of one number of the row, at least 0. */
  public double crossEntropy(double x) {
    return (max - x) + Math.log1p(others);
  }
}
