package io.stagemark.stats;

import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Seeded series of times with a known truth: a level that changes with the index, and noise. */
final class SyntheticSeries {
  private final Random random;

  SyntheticSeries(long seed) {
    random = new Random(seed);
  }

  /** Returns {@code level(i)} ms times log-normal noise of that spread. */
  long[] noisy(int count, double sigma, IntToDoubleFunction level) {
    return series(count, i -> level.applyAsDouble(i) * Math.exp(sigma * random.nextGaussian()));
  }

  /** Noise whose neighbours hang together: AR(1) with that coefficient and marginal spread. */
  long[] autocorrelated(int count, double sigma, double phi) {
    double[] state = {sigma * random.nextGaussian()};
    double innovation = sigma * Math.sqrt(1 - phi * phi);
    return series(
        count,
        i -> {
          state[0] = phi * state[0] + innovation * random.nextGaussian();
          return 40 * Math.exp(state[0]);
        });
  }

  /** Noise of 3 % and one time in twenty a multiple of the level, Pareto with that exponent. */
  long[] heavyTailed(int count, double alpha) {
    return series(
        count,
        i -> {
          double tail = random.nextInt(20) == 0 ? Math.pow(random.nextDouble(), -1 / alpha) : 1;
          return 40 * tail * Math.exp(0.03 * random.nextGaussian());
        });
  }

  /** One time in two is half as long again, at random. */
  long[] bimodal(int count) {
    return series(
        count, i -> 40 * (random.nextBoolean() ? 1.5 : 1) * Math.exp(0.03 * random.nextGaussian()));
  }

  private static long[] series(int count, IntToDoubleFunction millis) {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      nanos[i] = Math.round(millis.applyAsDouble(i) * 1e6);
    }
    return nanos;
  }
}
