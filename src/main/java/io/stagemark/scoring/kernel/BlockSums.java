package io.stagemark.scoring.kernel;

/** Sums losses over whole float32 arrays, block by block, with the rounding of each sum kept. */
public final class BlockSums {
  private static final int BLOCK = 4096;

  private final LogitKernel kernel;

  public BlockSums(LogitKernel kernel) {
    this.kernel = kernel;
  }

  /** Returns the sum of binary cross entropies of two arrays of one length. */
  public double bce(float[] x, float[] t) {
    CompensatedSum sum = new CompensatedSum();
    for (int from = 0; from < x.length; from += BLOCK) {
      sum.add(kernel.bce(x, t, from, Math.min(x.length, from + BLOCK)));
    }
    return sum.value();
  }

  /** Returns the sum of focal terms of two arrays of one length, targets in [0, 1]. */
  public double focal(float[] x, float[] t, FocalForm form) {
    CompensatedSum sum = new CompensatedSum();
    for (int from = 0; from < x.length; from += BLOCK) {
      sum.add(kernel.focal(x, t, from, Math.min(x.length, from + BLOCK), form));
    }
    return sum.value();
  }
}
