package io.stagemark.scoring.activation;

/** {@code ln softmax(x)_k = x_k − ln Σ e^x_c}. */
public final class LogSoftmax {
  private LogSoftmax() {}

  /** Replaces a row by its log-softmax; by NaN if any is NaN or +∞, or all are −∞. */
  public static void apply(double[] row) {
    if (row.length == 0) {
      return;
    }
    LogSumExp sum = LogSumExp.of(row, row.length);
    for (int c = 0; c < row.length; c++) {
      row[c] = -sum.crossEntropy(row[c]);
    }
  }
}
