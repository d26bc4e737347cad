package io.stagemark.scoring.kernel;

/** The loops in plain Java. */
public final class LogitKernelPlain implements LogitKernel {
  /**
   * Terms whose log1p are taken together; 2^32 is far from overflow, and 32 roundings from 1e-14.
   */
  static final int PRODUCT = 32;

  /** Logarithms of probabilities are not taken below −100, as in PyTorch. */
  static final double CLAMP = 100;

  @Override
  public int lanes() {
    return 1;
  }

  /**
   * Σ softplus = Σ linear part + Σ ln(1 + e) with e = exp(−|x|) ≤ 1. The logarithms are taken of a
   * product: q ← q + e + q·e keeps Π(1 + e) − 1 with full relative precision however small e is, so
   * one log1p serves 32 terms.
   */
  @Override
  public double bce(float[] x, float[] t, int from, int to) {
    double linear = 0;
    double logs = 0;
    double product = 0;
    for (int i = from; i < to; i++) {
      double size = Math.abs(x[i]);
      double e = Math.exp(-size);
      linear += linear(x[i], t[i], size);
      product += e + product * e;
      if ((i + 1) % PRODUCT == 0) {
        logs += Math.log1p(product);
        product = 0;
      }
    }
    return linear + (logs + Math.log1p(product));
  }

  /** Returns (1−t)·x for x ≥ 0 and −t·x below; 0 where the weight is 0 and x infinite. */
  private static double linear(double x, double t, double size) {
    double weight = x < 0 ? t : 1 - t;
    return weight == 0 && size == Double.POSITIVE_INFINITY ? 0 : weight * size;
  }

  @Override
  public double focal(float[] x, float[] t, int from, int to, FocalForm form) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      double size = Math.abs(x[i]);
      double target = t[i];
      double e = Math.exp(-size);
      double likely = 1 / (1 + e);
      double unlikely = e / (1 + e);
      double miss =
          x[i] < 0
              ? unlikely * (1 - target) + likely * target
              : likely * (1 - target) + unlikely * target;
      sum += form.term(target, linear(x[i], target, size) + Math.log1p(e), miss);
    }
    return sum;
  }

  @Override
  public void negativeLogits(double[] x, int count, double gamma, double[] sums) {
    for (int i = 0; i < count; i++) {
      double e = Math.exp(-Math.abs(x[i]));
      double crossEntropy = Math.max(x[i], 0) + Math.log1p(e);
      double miss = (x[i] < 0 ? e : 1) / (1 + e);
      sums[0] += crossEntropy;
      sums[1] += FocalForm.power(miss, gamma) * crossEntropy;
    }
  }

  @Override
  public void negativeProbabilities(double[] p, int count, double gamma, double[] sums) {
    for (int i = 0; i < count; i++) {
      double crossEntropy = -Math.max(Math.log1p(-p[i]), -CLAMP);
      sums[0] += crossEntropy;
      sums[1] += FocalForm.power(p[i], gamma) * crossEntropy;
    }
  }
}
