package io.stagemark.stats;

import java.util.Arrays;

/** Location and noise of a series that a few wild values do not move. */
final class Robust {
  /** Turns a median absolute deviation into a standard deviation, for normal noise. */
  private static final double MAD_TO_SIGMA = 1.4826;

  private static final int[] LAGS = {1, 2, 4, 8};

  private Robust() {}

  /**
   * Returns the median, the mean of the middle two for an even count.
   *
   * @param values at least one; sorted by this call
   */
  static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

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
    double centre = median(differences.clone());
    for (int i = 0; i < differences.length; i++) {
      differences[i] = Math.abs(differences[i] - centre);
    }
    return MAD_TO_SIGMA * median(differences) / Math.sqrt(2);
  }
}
