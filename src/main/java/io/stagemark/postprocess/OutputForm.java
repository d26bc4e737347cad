package io.stagemark.postprocess;

/** What a model's class scores are, and the way to probabilities. */
public enum OutputForm {
  /** Already in [0, 1]. */
  PROBABILITIES,
  /** Logits of classes of which one is right. */
  SOFTMAX_LOGITS,
  /** Logits of classes that are right or not each by itself. */
  SIGMOID_LOGITS;

  /** Replaces a row of scores by probabilities, in double, without allocating. */
  void toProbabilities(double[] row) {
    switch (this) {
      case SOFTMAX_LOGITS -> softmax(row);
      case SIGMOID_LOGITS -> sigmoid(row);
      case PROBABILITIES -> {
        // as they are
      }
    }
  }

  private static void softmax(double[] row) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : row) {
      max = value > max ? value : max;
    }
    double sum = 0;
    for (int c = 0; c < row.length; c++) {
      row[c] = Math.exp(row[c] - max);
      sum += row[c];
    }
    for (int c = 0; c < row.length; c++) {
      row[c] /= sum;
    }
  }

  private static void sigmoid(double[] row) {
    for (int c = 0; c < row.length; c++) {
      double e = Math.exp(-Math.abs(row[c]));
      row[c] = (row[c] >= 0 ? 1 : e) / (1 + e);
    }
  }

  /** Returns the score whose probability is {@code p}; for a class by itself only. */
  double scoreOf(double p) {
    return this == SIGMOID_LOGITS ? Math.log(p / (1 - p)) : p;
  }
}
