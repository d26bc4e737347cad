package io.stagemark.scoring.activation;

/** {@code softmax(x)_k = e^x_k / Σ e^x_c}: positive, and 1 in sum. */
public final class Softmax {
  private Softmax() {}

  /** Replaces a row by its softmax; by NaN if any is NaN or +∞, or all are −∞. */
  public static void apply(double[] row) {
    if (row.length == 0) {
      return;
    }
    LogSumExp sum = LogSumExp.of(row, row.length);
    for (int c = 0; c < row.length; c++) {
      row[c] = sum.softmax(row[c]);
    }
  }
}
