package io.stagemark.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The permutation test of paired differences: under no effect each difference has either sign with
 * equal probability. Up to 16 non-zero differences all signs are gone through; of more, 20,000
 * assignments are drawn with a fixed seed, the observed one counted in.
 *
 * <p>Source: Fisher, The Design of Experiments (1935), § 21; Phipson and Smyth, Permutation
 * p-values should never be zero (2010).
 */
public final class SignFlip {
  private static final int ALL_UP_TO = 16;
  private static final int DRAWN = 20_000;
  private static final long SEED = 19350101;

  private SignFlip() {}

  /**
   * Returns the one-sided p-value of the mean: small where it is above 0.
   *
   * @param differences finite; not modified
   * @return 1 of nothing but zeros
   */
  public static double pGreater(double[] differences) {
    double[] sizes = Arrays.stream(differences).filter(d -> d != 0).map(Math::abs).toArray();
    double observed = Arrays.stream(differences).sum();
    // Sums of the same terms in another order must count as ties.
    double tie = observed - 1e-12 * Arrays.stream(sizes).sum();
    if (sizes.length <= ALL_UP_TO) {
      long atLeast = 0;
      for (long signs = 0; signs < 1L << sizes.length; signs++) {
        atLeast += sum(sizes, signs) >= tie ? 1 : 0;
      }
      return (double) atLeast / (1L << sizes.length);
    }
    SplittableRandom random = new SplittableRandom(SEED);
    int atLeast = 1;
    for (int d = 0; d < DRAWN; d++) {
      double sum = 0;
      for (double size : sizes) {
        sum += random.nextBoolean() ? size : -size;
      }
      atLeast += sum >= tie ? 1 : 0;
    }
    return atLeast / (DRAWN + 1.0);
  }

  private static double sum(double[] sizes, long signs) {
    double sum = 0;
    for (int i = 0; i < sizes.length; i++) {
      sum += (signs >>> i & 1) == 1 ? sizes[i] : -sizes[i];
    }
    return sum;
  }
}
