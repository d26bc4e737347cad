package io.stagemark.flops.roofline;

import io.stagemark.engine.EngineException;
import io.stagemark.engine.MatrixProduct;
import java.util.List;

/**
 * The best rate of matrix products: many sizes, since one can mislead by 2.5 times, each run by the
 * engine that runs the model, in one element type and with as many threads.
 */
final class GemmPeak {
  /** M, K, N: cubes, and the flat shapes that convolutions become. */
  private static final List<long[]> SIZES =
      List.of(
          new long[] {128, 128, 128},
          new long[] {256, 256, 256},
          new long[] {384, 384, 384},
          new long[] {512, 512, 512},
          new long[] {768, 768, 768},
          new long[] {1024, 1024, 1024},
          new long[] {1536, 1536, 1536},
          new long[] {3136, 64, 64},
          new long[] {3136, 576, 64},
          new long[] {784, 1152, 128},
          new long[] {196, 2304, 256},
          new long[] {64, 1024, 4096});

  private static final int SAMPLES = 9;

  /** A sample repeats a product for at least so long. */
  private static final long SAMPLE_NANOS = 8_000_000;

  private GemmPeak() {}

  /**
   * Returns the best size's rate, in operations a second: 2 for each multiply-accumulate.
   *
   * @throws EngineException if the engine cannot start, or has no product of this type
   */
  static Rate measure(MatrixProduct.Source source) throws EngineException {
    Rate best = null;
    for (long[] size : SIZES) {
      Rate rate = measure(source, size);
      best = best == null || rate.median() > best.median() ? rate : best;
    }
    if (best == null) {
      throw new IllegalStateException("no sizes");
    }
    return best;
  }

  private static Rate measure(MatrixProduct.Source source, long[] size) throws EngineException {
    try (MatrixProduct product = source.open(size[0], size[1], size[2])) {
      double operations = 2.0 * size[0] * size[1] * size[2];
      String at = "%dx%dx%d, best of %d sizes".formatted(size[0], size[1], size[2], SIZES.size());
      return Rate.of(rates(product, operations), at);
    }
  }

  private static double[] rates(MatrixProduct product, double operations) throws EngineException {
    product.multiply();
    long begin = System.nanoTime();
    product.multiply();
    long once = Math.max(1, System.nanoTime() - begin);
    long repeats = Math.max(1, SAMPLE_NANOS / once);
    double[] rates = new double[SAMPLES];
    for (int s = 0; s < SAMPLES; s++) {
      begin = System.nanoTime();
      for (long i = 0; i < repeats; i++) {
        product.multiply();
      }
      rates[s] = 1e9 * operations * repeats / (System.nanoTime() - begin);
    }
    return rates;
  }
}
