package io.stagemark.compare;

import io.stagemark.stats.DetectableEffect;
import io.stagemark.stats.HodgesLehmann;
import io.stagemark.stats.Interval;
import io.stagemark.stats.SignedRank;
import java.util.Arrays;

/** Live pairs: the exact signed-rank test of the pairs' differences. */
final class PairEvidence implements Evidence {
  private final double[] baseline;
  private final double[] logRatios;

  /**
   * @param baseline one figure a pair, in nanoseconds
   * @param candidate in the same order
   */
  PairEvidence(double[] baseline, double[] candidate) {
    if (baseline.length != candidate.length || baseline.length == 0) {
      throw new IllegalArgumentException(
          "pairs need as many figures on each side, at least one: %s and %s"
              .formatted(baseline.length, candidate.length));
    }
    this.baseline = baseline.clone();
    logRatios = new double[baseline.length];
    for (int i = 0; i < baseline.length; i++) {
      logRatios[i] = Evidence.log(candidate[i]) - Evidence.log(baseline[i]);
    }
  }

  @Override
  public double baselineNanos() {
    return Math.max(1, HodgesLehmann.estimate(baseline));
  }

  @Override
  public double effect() {
    return HodgesLehmann.estimate(logRatios);
  }

  @Override
  public Interval interval(double alpha) {
    return SignedRank.interval(logRatios, alpha);
  }

  @Override
  public double pSlower(double shift) {
    return SignedRank.pGreater(slowerBy(shift));
  }

  @Override
  public double pFaster(double shift) {
    return SignedRank.pGreater(fasterBy(shift));
  }

  /** Returns whether all pairs moved in one direction. */
  boolean agrees() {
    double direction = Math.signum(logRatios[0]);
    return Arrays.stream(logRatios).allMatch(d -> Math.signum(d) == direction);
  }

  /** Returns by how much the candidate of each pair was slower than {@code shift} allows. */
  double[] slowerBy(double shift) {
    return Arrays.stream(logRatios).map(d -> d - shift).toArray();
  }

  /** Returns by how much the candidate of each pair was faster than {@code shift} allows. */
  double[] fasterBy(double shift) {
    return Arrays.stream(logRatios).map(d -> -d - shift).toArray();
  }

  @Override
  public double detectable(double alpha, int tests) {
    return DetectableEffect.ofPairs(logRatios, alpha, tests);
  }

  /** Returns {@link #detectable} of so many pairs of the same spread. */
  double detectable(double alpha, int tests, int pairs) {
    return DetectableEffect.ofMorePairs(logRatios, pairs, alpha, tests);
  }

  @Override
  public String units() {
    return logRatios.length + " pairs";
  }
}
