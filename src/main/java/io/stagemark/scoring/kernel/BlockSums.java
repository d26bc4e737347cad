package io.stagemark.scoring.kernel;

import io.stagemark.scoring.ScoreTensor;

/**
 * Sums losses over whole tensors, block by block: a block of doubles stays in the first cache, is
 * reused by its thread, and serves float32 and float64 tensors alike.
 */
public final class BlockSums {
  private static final int BLOCK = 1024;
  private static final ThreadLocal<double[][]> SCRATCH =
      ThreadLocal.withInitial(() -> new double[2][BLOCK]);

  private final LogitKernel kernel;

  public BlockSums(LogitKernel kernel) {
    this.kernel = kernel;
  }

  /** Returns the sum of binary cross entropies of two tensors of one size. */
  public double bce(ScoreTensor x, ScoreTensor t) {
    double[][] scratch = SCRATCH.get();
    CompensatedSum sum = new CompensatedSum();
    for (int from = 0; from < x.size(); from += BLOCK) {
      int count = Math.min(BLOCK, x.size() - from);
      load(x, from, count, scratch[0]);
      load(t, from, count, scratch[1]);
      sum.add(kernel.bce(scratch[0], scratch[1], count));
    }
    return sum.value();
  }

  /**
   * Returns the sum of focal terms of two tensors of one size.
   *
   * @throws IllegalArgumentException if a target is NaN or outside [0, 1]
   */
  public double focal(ScoreTensor x, ScoreTensor t, FocalForm form) {
    double[][] scratch = SCRATCH.get();
    CompensatedSum sum = new CompensatedSum();
    for (int from = 0; from < x.size(); from += BLOCK) {
      int count = Math.min(BLOCK, x.size() - from);
      load(x, from, count, scratch[0]);
      load(t, from, count, scratch[1]);
      requireRatios(t, scratch[1], count, from);
      sum.add(kernel.focal(scratch[0], scratch[1], count, form));
    }
    return sum.value();
  }

  private static void requireRatios(ScoreTensor t, double[] targets, int count, int from) {
    for (int i = 0; i < count; i++) {
      if (!(targets[i] >= 0 && targets[i] <= 1)) {
        throw new IllegalArgumentException(
            "truth%s is %s, not in [0, 1]".formatted(t.place(from + i), targets[i]));
      }
    }
  }

  private void load(ScoreTensor tensor, int from, int count, double[] to) {
    if (tensor.floatsOrEmpty().length > 0) {
      kernel.widen(tensor.floatsOrEmpty(), from, count, to);
    } else {
      System.arraycopy(tensor.doublesOrEmpty(), from, to, 0, count);
    }
  }
}
