package io.stagemark.scoring.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both kernels against term-by-term formulas, and against each other. */
final class LogitKernelTest {
  private static final double[] EXTREMES = {
    0, -0.0, 1e4, -1e4, 709, -709, 745, -745, 37, -37, 1e-310, Double.MIN_VALUE, -5, 5
  };

  static List<LogitKernel> kernels() {
    return List.of(new LogitKernelPlain(), LogitKernels.best());
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double sigmoid(double x) {
    return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
  }

  private static double[] logits(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] x = new double[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) (i < EXTREMES.length ? EXTREMES[i] : random.nextDouble(-20, 8));
    }
    return x;
  }

  private static double[] targets(long seed, int count, boolean soft) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] t = new double[count];
    for (int i = 0; i < count; i++) {
      t[i] = soft ? (float) random.nextDouble() : random.nextInt(2);
    }
    return t;
  }

  private static float[] narrow(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double bce(LogitKernel kernel, double[] x, double[] t) {
    return kernel.bce(narrow(x), narrow(t), 0, x.length);
  }

  private static double focal(LogitKernel kernel, double[] x, double[] t, FocalForm form) {
    return kernel.focal(narrow(x), narrow(t), 0, x.length, form);
  }

  private static void close(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-14 * Math.abs(expected)));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void bce_anyCount_isTheSumOfItsTerms(LogitKernel kernel) {
    for (int count : new int[] {0, 1, 3, 7, 8, 31, 32, 33, 255, 256, 257, 1000}) {
      for (boolean soft : new boolean[] {false, true}) {
        double[] x = logits(count, count);
        double[] t = targets(count + 1, count, soft);
        double expected = 0;
        for (int i = 0; i < count; i++) {
          expected += t[i] * softplus(-x[i]) + (1 - t[i]) * softplus(x[i]);
        }
        close(bce(kernel, x, t), expected);
      }
    }
  }

  // every term is e^-30 ≈ 9.4e-14: a product of (1 + e) would keep two digits of it
  @ParameterizedTest
  @MethodSource("kernels")
  void bce_easyNegatives_keepTheirPrecision(LogitKernel kernel) {
    double[] x = new double[800];
    Arrays.fill(x, -30);
    close(bce(kernel, x, new double[800]), 800 * Math.log1p(Math.exp(-30)));
  }

  // 64 logits of 0: each ln 2, and the products reach 2^32
  @ParameterizedTest
  @MethodSource("kernels")
  void bce_zeroLogits_areLn2Each(LogitKernel kernel) {
    close(bce(kernel, new double[640], new double[640]), 640 * Math.log(2));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void focal_anyFormAndCount_isTheSumOfItsTerms(LogitKernel kernel) {
    for (double gamma : new double[] {0, .5, 1, 2, 5}) {
      for (FocalForm form :
          List.of(
              FocalForm.paper(.25, gamma),
              FocalForm.paper(Double.NaN, gamma),
              FocalForm.unweighted(1.5, gamma))) {
        double[] x = logits(7, 101);
        double[] t = targets(8, 101, gamma != 1);
        double expected = 0;
        for (int i = 0; i < x.length; i++) {
          double ce = t[i] * softplus(-x[i]) + (1 - t[i]) * softplus(x[i]);
          double miss =
              form.fromCrossEntropy()
                  ? -Math.expm1(-ce)
                  : sigmoid(x[i]) * (1 - t[i]) + sigmoid(-x[i]) * t[i];
          double alpha = form.positiveAlpha() * t[i] + form.negativeAlpha() * (1 - t[i]);
          expected += alpha * Math.pow(miss, gamma) * ce;
        }
        close(focal(kernel, x, t, form), expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void negativeLogits_anyGamma_addsBothSums(LogitKernel kernel) {
    for (double gamma : new double[] {0, 1, 1.5, 2}) {
      double[] x = logits(3, 101);
      double bce = 10;
      double focal = 20;
      for (double logit : x) {
        bce += softplus(logit);
        focal += Math.pow(sigmoid(logit), gamma) * softplus(logit);
      }
      double[] sums = {10, 20};
      kernel.negativeLogits(x, x.length, gamma, sums);
      close(sums[0], bce);
      close(sums[1], focal);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void negativeProbabilities_anyGamma_addsBothSums(LogitKernel kernel) {
    for (double gamma : new double[] {0, 1, 1.5, 2}) {
      double[] p = targets(4, 101, true);
      p[0] = 1;
      p[1] = 0;
      p[2] = 1e-300;
      double bce = 10;
      double focal = 20;
      for (double probability : p) {
        double ce = Math.min(100, -Math.log1p(-probability));
        bce += ce;
        focal += Math.pow(probability, gamma) * ce;
      }
      double[] sums = {10, 20};
      kernel.negativeProbabilities(p, p.length, gamma, sums);
      close(sums[0], bce);
      close(sums[1], focal);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sums_infiniteLogits_takeTheLimit(LogitKernel kernel) {
    double up = Double.POSITIVE_INFINITY;
    double[] right = {up, -up, up, -up, up, -up, up, -up, up};
    double[] t = {1, 0, 1, 0, 1, 0, 1, 0, 1};
    double[] wrong = {-up, up, -up, up, -up, up, -up, up, -up};

    assertThat(bce(kernel, right, t)).isZero();
    assertThat(focal(kernel, right, t, FocalForm.paper(.25, 2))).isZero();
    assertThat(bce(kernel, wrong, t)).isEqualTo(up);
    assertThat(focal(kernel, wrong, t, FocalForm.paper(.25, 2))).isEqualTo(up);
    // α 0 takes the positives out, α 1 the negatives: the limit of 0 · ∞ is 0
    double[] wrongPositives = {-up, -up, -up, -up, -up, -up, -up, -up, -up};
    double[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    assertThat(focal(kernel, wrongPositives, ones, FocalForm.paper(0, 2))).isZero();
    double[] sums = new double[2];
    kernel.negativeLogits(wrongPositives, 9, 2, sums);
    assertThat(sums).containsExactly(0, 0);
    kernel.negativeLogits(right, 9, 2, sums);
    assertThat(sums).containsExactly(up, up);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sums_nanLogit_isNan(LogitKernel kernel) {
    for (int place : new int[] {0, 10, 16}) {
      double[] x = new double[17];
      x[place] = Double.NaN;
      double[] sums = new double[2];
      kernel.negativeLogits(x, 17, 2, sums);
      assertThat(bce(kernel, x, new double[17])).isNaN();
      assertThat(focal(kernel, x, new double[17], FocalForm.paper(.25, 2))).isNaN();
      assertThat(sums[0]).isNaN();
      assertThat(sums[1]).isNaN();
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sums_ofAPart_leaveTheRestOut(LogitKernel kernel) {
    double[] x = logits(9, 300);
    double[] t = targets(10, 300, true);
    for (int from : new int[] {0, 1, 13, 64}) {
      for (int to : new int[] {64, 65, 200, 299}) {
        double[] partX = Arrays.copyOfRange(x, from, to);
        double[] partT = Arrays.copyOfRange(t, from, to);
        FocalForm form = FocalForm.unweighted(1, 2);
        close(kernel.bce(narrow(x), narrow(t), from, to), bce(kernel, partX, partT));
        close(
            kernel.focal(narrow(x), narrow(t), from, to, form), focal(kernel, partX, partT, form));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void twins_randomBlocks_agreeTo1e14(long seed) {
    LogitKernel plain = new LogitKernelPlain();
    LogitKernel best = LogitKernels.best();
    assumeThat(best.lanes()).as("no Vector API here: there is no twin").isGreaterThan(1);
    double[] x = logits(seed, 4096);
    double[] t = targets(seed, 4096, false);
    close(bce(best, x, t), bce(plain, x, t));
    FocalForm form = FocalForm.paper(.25, 2);
    close(focal(best, x, t, form), focal(plain, x, t, form));
  }

  @Test
  void best_withTheModule_isTheVectorApi() {
    boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertThat(LogitKernels.best().lanes()).isIn(module ? List.of(1, 4, 8) : List.of(1));
    assertThat(LogitKernels.best()).isSameAs(LogitKernels.best());
  }
}
