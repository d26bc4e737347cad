package io.stagemark.machine;

import java.util.Arrays;

/**
 * A fixed piece of work whose time shows the machine's present speed: a single-precision matrix
 * product of 128 × 128, one thread, 192 KiB of memory, well below a millisecond.
 *
 * <p>The best time follows the processor's frequency: the work is shorter than a scheduler's time
 * slice, so that one of many runs undisturbed even while other processes run. The median shows what
 * disturbed the rest. Not thread-safe.
 */
public final class Canary {
  private static final int SIZE = 128;
  private static final int WARM_UPS = 200;

  /**
   * Fewer in tests of programs, whose JVMs have no second compiler: there a round takes ten times.
   */
  private static final int REPETITIONS = Integer.getInteger("stagemark.canaryRounds", 301);

  private final float[] left = filled(3);
  private final float[] right = filled(7);
  private final float[] product = new float[SIZE * SIZE];
  private boolean warm;

  /**
   * Times of the work.
   *
   * @param bestNanos smallest, in nanoseconds
   * @param medianNanos middle one, in nanoseconds
   */
  public record Times(long bestNanos, long medianNanos) {}

  /** Does the work 301 times, after 200 untimed ones when it is the first call: about 0.2 s. */
  public Times run() {
    if (!warm) {
      for (int i = 0; i < Math.min(WARM_UPS, REPETITIONS); i++) {
        multiply();
      }
      warm = true;
    }
    long[] nanos = new long[REPETITIONS];
    for (int i = 0; i < REPETITIONS; i++) {
      long start = System.nanoTime();
      multiply();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return new Times(nanos[0], nanos[REPETITIONS / 2]);
  }

  /** Returns the sum of the product's elements: the same after every run. */
  double sum() {
    double sum = 0;
    for (float value : product) {
      sum += value;
    }
    return sum;
  }

  private void multiply() {
    Arrays.fill(product, 0);
    for (int row = 0; row < SIZE; row++) {
      for (int k = 0; k < SIZE; k++) {
        addScaled(row * SIZE, left[row * SIZE + k], k * SIZE);
      }
    }
  }

  /** Adds a multiple of a row of {@link #right} to a row of {@link #product}. */
  private void addScaled(int into, float factor, int from) {
    for (int column = 0; column < SIZE; column++) {
      product[into + column] += factor * right[from + column];
    }
  }

  /** Small whole numbers: no denormals, no overflow, and sums that float holds exactly. */
  private static float[] filled(int step) {
    float[] values = new float[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * step % 5 - 2;
    }
    return values;
  }
}
