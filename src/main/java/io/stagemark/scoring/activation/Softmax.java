package io.stagemark.scoring.activation;

/** {@code softmax(x)_k = e^x_k / Σ e^x_c}: positive, and 1 in sum. */
public final class Softmax {
  private Softmax() {}

  /** Replaces a row by its softmax; by NaN if any is NaN or +∞, or all are −∞. */
  public static void apply(double[] row) {
    if (row.length == 0) {
      return;
    }
    // what LogSumExp does, without making one: this runs inside the clock
    int argMax = LogSumExp.argMax(row, row.length);
    double max = argMax < 0 ? Double.NaN : row[argMax];
    double sum = 1 + LogSumExp.others(row, row.length, argMax);
    for (int c = 0; c < row.length; c++) {
      row[c] = LogSumExp.expOfDifference(row[c], max) / sum;
    }
  }
}
