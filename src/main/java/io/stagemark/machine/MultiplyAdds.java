package io.stagemark.machine;

import java.util.Arrays;

/**
 * Work for a core's vector units: multiply-adds over two short arrays that stay in the first cache,
 * as many at once as the core can do. It slows down as a network's own multiply-adds do when
 * another thread shares the core; a chain in which each waits for the last would not. Not
 * thread-safe.
 */
public final class MultiplyAdds {
  private static final int LENGTH = 512;

  private final float[] values = new float[LENGTH];
  private final float[] addends = new float[LENGTH];

  public MultiplyAdds() {
    Arrays.fill(addends, 0.5f);
  }

  /** Does so many passes of 512 multiply-adds. */
  public void run(long passes) {
    for (long i = 0; i < passes; i++) {
      pass(values, addends);
    }
  }

  /** Stays finite and normal: the values go to 1. They are in fields, so nothing is left out. */
  private static void pass(float[] values, float[] addends) {
    for (int i = 0; i < LENGTH; i++) {
      values[i] = values[i] * 0.5f + addends[i];
    }
  }
}
