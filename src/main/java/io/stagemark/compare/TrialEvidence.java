package io.stagemark.compare;

import io.stagemark.stats.DetectableEffect;
import io.stagemark.stats.Interval;
import io.stagemark.stats.PermutationShift;
import java.util.Arrays;

/** Trials of two stored runs: the exact permutation test of two samples. */
final class TrialEvidence implements Evidence {
  private final double[] baselineLogs;
  private final double[] candidateLogs;
  private final PermutationShift logs;

  /**
   * @param baseline one figure a trial, in nanoseconds
   * @param candidate one figure a trial; as many or not
   */
  TrialEvidence(double[] baseline, double[] candidate) {
    baselineLogs = Arrays.stream(baseline).map(Evidence::log).toArray();
    candidateLogs = Arrays.stream(candidate).map(Evidence::log).toArray();
    logs = new PermutationShift(baselineLogs, candidateLogs);
  }

  @Override
  public double baselineNanos() {
    return Math.exp(Arrays.stream(baselineLogs).average().orElseThrow());
  }

  @Override
  public double effect() {
    return logs.estimate();
  }

  @Override
  public Interval interval(double alpha) {
    return logs.interval(alpha);
  }

  @Override
  public double pSlower(double shift) {
    return logs.pGreater(shift);
  }

  @Override
  public double pFaster(double shift) {
    return logs.pLess(-shift);
  }

  @Override
  public double detectable(double alpha, int tests) {
    return DetectableEffect.ofSamples(baselineLogs, candidateLogs, alpha, tests);
  }

  @Override
  public String units() {
    return baselineLogs.length + " and " + candidateLogs.length + " trials";
  }
}
