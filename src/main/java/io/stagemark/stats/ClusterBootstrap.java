package io.stagemark.stats;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The interval of a mean whose values come in clusters (boxes of one image are not independent):
 * whole clusters are drawn with replacement, 2,000 times, with a fixed seed; the ends are
 * percentiles of the resampled means, widened by √(k/(k−1)) about the mean for k clusters, which
 * takes back most of what the percentile bootstrap lacks on few.
 *
 * <p>Source: Davison and Hinkley, Bootstrap Methods and their Application (1997), 3.8; the
 * narrowness on few values: Hesterberg, What Teachers Should Know about the Bootstrap, The American
 * Statistician 69 (2015).
 */
public final class ClusterBootstrap {
  private static final int RESAMPLES = 2_000;
  private static final long SEED = 19790101;

  private ClusterBootstrap() {}

  /**
   * Returns the interval of the mean over all values.
   *
   * @param clusters finite values by cluster; clusters may differ in size
   * @param alpha 1 − confidence, in (0, 1)
   * @return {@link Interval#UNKNOWN} below two clusters
   */
  public static Interval mean(List<double[]> clusters, double alpha) {
    int k = clusters.size();
    if (k < 2) {
      return Interval.UNKNOWN;
    }
    double[] sums = clusters.stream().mapToDouble(c -> Arrays.stream(c).sum()).toArray();
    double centre = Arrays.stream(sums).sum() / clusters.stream().mapToInt(c -> c.length).sum();
    SplittableRandom random = new SplittableRandom(SEED);
    double[] means = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double sum = 0;
      int count = 0;
      for (int i = 0; i < k; i++) {
        int drawn = random.nextInt(k);
        sum += sums[drawn];
        count += clusters.get(drawn).length;
      }
      means[r] = count == 0 ? centre : sum / count;
    }
    Arrays.sort(means);
    int outside = (int) (RESAMPLES * alpha / 2);
    double wider = Math.sqrt(k / (k - 1.0));
    return new Interval(
        centre + wider * (means[outside] - centre),
        centre + wider * (means[RESAMPLES - 1 - outside] - centre));
  }
}
