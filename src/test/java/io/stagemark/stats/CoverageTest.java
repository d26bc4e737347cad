package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How often a 95 % interval holds the truth, in simulations with a fixed seed. */
final class CoverageTest {
  private static final int RUNS = 4000;

  private interface Draw {
    Interval interval(Random random);
  }

  private static double coverage(double truth, Draw draw) {
    Random random = new Random(20260101);
    long held =
        IntStream.range(0, RUNS)
            .mapToObj(i -> draw.interval(random))
            .filter(interval -> interval.low() <= truth && truth <= interval.high())
            .count();
    return (double) held / RUNS;
  }

  private static double[] values(int count, Random random, ToDoubleFunction<Random> law) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> law.applyAsDouble(random));
    return values;
  }

  /** Student's t with 3 degrees of freedom: heavy tails. */
  private static double heavy(Random random) {
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      double z = random.nextGaussian();
      squares += z * z;
    }
    return random.nextGaussian() / Math.sqrt(squares / 3);
  }

  @Test
  void signedRank_fifteenPairs_coversThePromisedShare() {
    assertThat(
            coverage(1, r -> SignedRank.interval(values(15, r, q -> 1 + q.nextGaussian()), 0.05)))
        .isBetween(0.93, 0.97);
    assertThat(coverage(1, r -> SignedRank.interval(values(15, r, q -> 1 + heavy(q)), 0.05)))
        .isBetween(0.93, 0.97);
  }

  @Test
  void permutationShift_fiveAgainstFive_coversThePromisedShare() {
    assertThat(
            coverage(
                2,
                r ->
                    new PermutationShift(
                            values(5, r, Random::nextGaussian),
                            values(5, r, q -> 2 + q.nextGaussian()))
                        .interval(0.05)))
        .isBetween(0.93, 0.97);
    assertThat(
            coverage(
                2,
                r ->
                    new PermutationShift(
                            values(5, r, q -> Math.log(q.nextDouble())),
                            values(7, r, q -> 2 + Math.log(q.nextDouble())))
                        .interval(0.05)))
        .isBetween(0.93, 0.97);
  }

  // 30 images of three boxes that share what is hard about their image.
  @Test
  void clusterBootstrap_thirtyImages_coversThePromisedShare() {
    assertThat(coverage(0, r -> ClusterBootstrap.mean(images(r), 0.05))).isBetween(0.93, 0.97);
  }

  private static List<double[]> images(Random random) {
    return IntStream.range(0, 30)
        .mapToObj(
            i -> {
              double shared = random.nextGaussian();
              return values(3, random, q -> shared + 0.5 * q.nextGaussian());
            })
        .toList();
  }

  // Under no effect the test may flag at most its level.
  @Test
  void signedRank_noEffect_flagsAtMostItsLevel() {
    Random random = new Random(5);
    long flagged =
        IntStream.range(0, RUNS)
            .filter(i -> SignedRank.pGreater(values(15, random, Random::nextGaussian)) < 0.05)
            .count();
    assertThat((double) flagged / RUNS).isBetween(0.035, 0.06);
  }
}
