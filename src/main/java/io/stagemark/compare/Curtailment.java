package io.stagemark.compare;

import io.stagemark.config.gate.Policy;
import java.util.List;
import java.util.Set;

/**
 * Decides whether further pairs could still change a verdict, by taking the remaining pairs at
 * their best and at their worst. The final test is the planned one, so stopping early adds no
 * error.
 */
final class Curtailment {
  private Curtailment() {}

  /**
   * Returns whether every metric of a family has a verdict that no further pair can change.
   *
   * @param metrics evidence so far, of pairs
   * @param family names of the metrics that are tested
   * @param most pairs that were planned
   */
  static boolean settled(List<SpeedMetric> metrics, Set<String> family, int most, Policy policy) {
    SpeedJudge judge = new SpeedJudge(policy, family);
    return metrics.stream()
        .filter(m -> family.contains(m.name()))
        .allMatch(
            m ->
                m.evidence() instanceof PairEvidence pairs
                    && (hopeless(pairs, judge.shift(m), most, policy)
                        || certain(pairs, judge.shift(m), most, policy, family.size())));
  }

  private static boolean hopeless(PairEvidence pairs, double shift, int most, Policy policy) {
    return pairs.completed(most, true).pSlower(shift) >= policy.alpha()
        && pairs.completed(most, false).pFaster(shift) >= policy.alpha();
  }

  /** Bonferroni bounds Holm from above, whatever the other metrics will be. */
  private static boolean certain(
      PairEvidence pairs, double shift, int most, Policy policy, int tests) {
    PairEvidence worst = pairs.completed(most, false);
    PairEvidence best = pairs.completed(most, true);
    boolean slower =
        worst.pSlower(shift) * tests < policy.alpha()
            && worst.interval(policy.alpha()).low() > shift;
    boolean faster =
        best.pFaster(shift) * tests < policy.alpha()
            && best.interval(policy.alpha()).high() < -shift;
    return slower || faster;
  }
}
