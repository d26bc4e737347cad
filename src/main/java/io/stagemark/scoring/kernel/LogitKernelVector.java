package io.stagemark.scoring.kernel;

import io.stagemark.data.VectorLoop;
import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops on the Vector API, whose exp and log1p lanes run SVML on Linux x86-64. What does not
 * fill a vector goes to the plain twin.
 */
final class LogitKernelVector implements LogitKernel, VectorLoop {
  private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(LANES.vectorBitSize() / 2));

  private static final int PRODUCT_TERMS = LogitKernelPlain.PRODUCT * LANES.length();

  private final LogitKernelPlain plain = new LogitKernelPlain();

  @Override
  public int lanes() {
    return LANES.length();
  }

  @Override
  public void runEveryPath() {
    int count = PRODUCT_TERMS + 1;
    float[] x = new float[count];
    bce(x, x, 0, count);
    for (double gamma : new double[] {0.5, 2}) {
      for (boolean fromCrossEntropy : new boolean[] {false, true}) {
        focal(x, x, 0, count, new FocalForm(1, 1, gamma, fromCrossEntropy));
      }
      negativeLogits(new double[count], count, gamma, new double[2]);
      negativeProbabilities(new double[count], count, gamma, new double[2]);
    }
  }

  @Override
  public double bce(float[] x, float[] t, int from, int to) {
    checkRange(x, t, from, to);
    int bound = from + LANES.loopBound(to - from);
    double sum = 0;
    for (int i = from; i < bound; i += PRODUCT_TERMS) {
      sum += product(x, t, i, Math.min(bound, i + PRODUCT_TERMS));
    }
    return sum + plain.bce(x, t, bound, to);
  }

  /**
   * Returns the sum of terms whose logarithms are taken of one product a lane, as the plain twin
   * does. A method of its own: with two nested loops the compiler boxes the vectors.
   */
  private static double product(float[] x, float[] t, int from, int to) {
    DoubleVector linear = DoubleVector.zero(LANES);
    DoubleVector product = DoubleVector.zero(LANES);
    for (int i = from; i < to; i += LANES.length()) {
      DoubleVector logit = widened(x, i);
      DoubleVector size = logit.abs();
      DoubleVector e = size.neg().lanewise(VectorOperators.EXP);
      linear = linear.add(linear(logit, widened(t, i), size));
      product = product.add(e.add(product.mul(e)));
    }
    return linear.add(product.lanewise(VectorOperators.LOG1P)).reduceLanes(VectorOperators.ADD);
  }

  private static DoubleVector widened(float[] values, int from) {
    return (DoubleVector)
        FloatVector.fromArray(HALF, values, from).convertShape(VectorOperators.F2D, LANES, 0);
  }

  /** Trials' JVMs check no vector access. */
  private static void checkRange(float[] x, float[] t, int from, int to) {
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(from, to, t.length);
  }

  private static double[] rest(double[] values, int from, int to) {
    return Arrays.copyOfRange(values, from, to);
  }

  private static DoubleVector linear(DoubleVector logit, DoubleVector target, DoubleVector size) {
    VectorMask<Double> negative = logit.lt(0);
    DoubleVector weight = target.neg().add(1).blend(target, negative);
    VectorMask<Double> limit = weight.eq(0).and(size.eq(Double.POSITIVE_INFINITY));
    return weight.mul(size).blend(0, limit);
  }

  @Override
  public double focal(float[] x, float[] t, int from, int to, FocalForm form) {
    checkRange(x, t, from, to);
    int bound = from + LANES.loopBound(to - from);
    DoubleVector sum = DoubleVector.zero(LANES);
    for (int i = from; i < bound; i += LANES.length()) {
      DoubleVector logit = widened(x, i);
      DoubleVector target = widened(t, i);
      DoubleVector size = logit.abs();
      DoubleVector e = size.neg().lanewise(VectorOperators.EXP);
      DoubleVector crossEntropy =
          linear(logit, target, size).add(e.lanewise(VectorOperators.LOG1P));
      DoubleVector miss =
          form.fromCrossEntropy()
              ? crossEntropy.neg().lanewise(VectorOperators.EXPM1).neg()
              : miss(logit, target, e);
      DoubleVector alpha =
          target.mul(form.positiveAlpha()).add(target.neg().add(1).mul(form.negativeAlpha()));
      DoubleVector weight = alpha.mul(power(miss, form.gamma()));
      VectorMask<Double> limit = weight.eq(0).and(crossEntropy.eq(Double.POSITIVE_INFINITY));
      sum = sum.add(weight.mul(crossEntropy).blend(0, limit));
    }
    return sum.reduceLanes(VectorOperators.ADD) + plain.focal(x, t, bound, to, form);
  }

  /** Returns σ(x)(1−t) + σ(−x)t. */
  private static DoubleVector miss(DoubleVector logit, DoubleVector target, DoubleVector e) {
    VectorMask<Double> negative = logit.lt(0);
    DoubleVector likelyWeight = target.neg().add(1).blend(target, negative);
    DoubleVector unlikelyWeight = target.blend(target.neg().add(1), negative);
    return likelyWeight.add(unlikelyWeight.mul(e)).div(e.add(1));
  }

  private static DoubleVector power(DoubleVector base, double exponent) {
    if (exponent == 2) {
      return base.mul(base);
    }
    return exponent == 1 ? base : base.pow(exponent);
  }

  @Override
  public void negativeLogits(double[] x, int count, double gamma, double[] sums) {
    Objects.checkFromToIndex(0, count, x.length);
    int bound = LANES.loopBound(count);
    DoubleVector bce = DoubleVector.zero(LANES);
    DoubleVector focal = DoubleVector.zero(LANES);
    for (int i = 0; i < bound; i += LANES.length()) {
      DoubleVector logit = DoubleVector.fromArray(LANES, x, i);
      DoubleVector e = logit.abs().neg().lanewise(VectorOperators.EXP);
      DoubleVector crossEntropy = logit.max(0).add(e.lanewise(VectorOperators.LOG1P));
      DoubleVector miss = DoubleVector.broadcast(LANES, 1).blend(e, logit.lt(0)).div(e.add(1));
      bce = bce.add(crossEntropy);
      focal = focal.add(power(miss, gamma).mul(crossEntropy));
    }
    sums[0] += bce.reduceLanes(VectorOperators.ADD);
    sums[1] += focal.reduceLanes(VectorOperators.ADD);
    if (bound < count) {
      plain.negativeLogits(rest(x, bound, count), count - bound, gamma, sums);
    }
  }

  @Override
  public void negativeProbabilities(double[] p, int count, double gamma, double[] sums) {
    Objects.checkFromToIndex(0, count, p.length);
    int bound = LANES.loopBound(count);
    DoubleVector bce = DoubleVector.zero(LANES);
    DoubleVector focal = DoubleVector.zero(LANES);
    for (int i = 0; i < bound; i += LANES.length()) {
      DoubleVector probability = DoubleVector.fromArray(LANES, p, i);
      DoubleVector crossEntropy =
          probability.neg().lanewise(VectorOperators.LOG1P).max(-LogitKernelPlain.CLAMP).neg();
      bce = bce.add(crossEntropy);
      focal = focal.add(power(probability, gamma).mul(crossEntropy));
    }
    sums[0] += bce.reduceLanes(VectorOperators.ADD);
    sums[1] += focal.reduceLanes(VectorOperators.ADD);
    if (bound < count) {
      plain.negativeProbabilities(rest(p, bound, count), count - bound, gamma, sums);
    }
  }
}
