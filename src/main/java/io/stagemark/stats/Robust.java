package io.stagemark.stats;

/** The noise of a series that a few wild values do not move. */
final class Robust {
  /** Turns a median absolute deviation into a standard deviation, for normal noise. */
  private static final double MAD_TO_SIGMA = 1.4826;

  private static final int[] LAGS = {1, 2, 4, 8};

  private Robust() {}

  /**
   * Returns the noise around a level that may change now and then: the spread of differences
   * between neighbours, which a step touches once. Neighbours that hang together differ too little,
   * so the largest of lags 1, 2, 4 and 8 counts.
   *
   * @param values at least two, in their order
   * @return a standard deviation, 0 for a constant series
   */
  static double noise(double[] values) {
    double noise = 0;
    for (int lag : LAGS) {
      if (lag == 1 || lag <= values.length / 4) {
        noise = Math.max(noise, noise(values, lag));
      }
    }
    return noise;
  }

  private static double noise(double[] values, int lag) {
    double[] differences = new double[values.length - lag];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = values[i + lag] - values[i];
    }
    double centre = Median.of(differences);
    for (int i = 0; i < differences.length; i++) {
      differences[i] = Math.abs(differences[i] - centre);
    }
    return MAD_TO_SIGMA * Median.of(differences) / Math.sqrt(2);
  }
}
