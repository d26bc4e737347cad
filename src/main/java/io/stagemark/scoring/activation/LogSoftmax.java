package io.stagemark.scoring.activation;

/** {@code ln softmax(x)_k = x_k − ln Σ e^x_c}. */
final class LogSoftmax {
  private LogSoftmax() {}

  /** Replaces a row by its log-softmax; by NaN if any is NaN or +∞, or all are −∞. */
  public static void apply(double[] row) {
    if (row.length == 0) {
      return;
    }
    int argMax = LogSumExp.argMax(row, row.length);
    double max = argMax < 0 ? Double.NaN : row[argMax];
    double others = Math.log1p(LogSumExp.others(row, row.length, argMax));
    for (int c = 0; c < row.length; c++) {
      row[c] = -((max - row[c]) + others);
    }
  }
}
