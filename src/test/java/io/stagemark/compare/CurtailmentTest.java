package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.gate.Policy;
import io.stagemark.config.gate.PolicyReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Fifteen pairs are planned; a metric is settled when those to come cannot change its verdict. */
final class CurtailmentTest {
  private static final int MOST = 15;
  private static final Policy POLICY = PolicyReader.byDefault();

  private static SpeedMetric metric(String stage, int pairs, double ratio) {
    double[] baseline = new double[pairs];
    double[] candidate = new double[pairs];
    Arrays.setAll(baseline, i -> 1e6 + 1000.0 * i);
    Arrays.setAll(candidate, i -> baseline[i] * ratio * (1 + 1e-5 * i)); // no two ranks are equal
    return new SpeedMetric("net", stage, 50, new PairEvidence(baseline, candidate));
  }

  private static boolean settled(SpeedMetric... metrics) {
    Set<String> family = new TreeSet<>();
    for (SpeedMetric metric : metrics) {
      family.add(metric.name());
    }
    return Curtailment.settled(List.of(metrics), family, MOST, POLICY);
  }

  // Fourteen that agree cannot be outvoted by one; thirteen can by two: 29 of the 120 Walsh
  // averages
  // are then of the others, and the interval leaves out 25 at each end.
  @Test
  void settled_pairsThatAgree_whenTheOthersCannotOutvoteThem() {
    for (double ratio : new double[] {1.1, 1 / 1.1}) {
      assertThat(settled(metric("forward", 14, ratio))).isTrue();
      assertThat(settled(metric("forward", 13, ratio))).isFalse();
    }
  }

  // Without a change a few more pairs cannot make one; ten more can.
  @Test
  void settled_noChange_whenTheOthersCannotMakeOne() {
    assertThat(settled(metric("forward", 12, 1))).isTrue();
    assertThat(settled(metric("forward", 5, 1))).isFalse();
  }

  // Twelve slower ones of fifteen may still be joined by three more, whatever "faster" says.
  @Test
  void settled_onePossibleDirection_isOpen() {
    assertThat(settled(metric("forward", 12, 1.1))).isFalse();
    assertThat(settled(metric("forward", 12, 1 / 1.1))).isFalse();
  }

  // One of fifteen against the others has the rank 15: P(T ≤ 15) = 137/2^15 = 0.00418, which is
  // below 0.05/11 and above 0.05/12.
  @Test
  void settled_largeFamily_sharesAlpha() {
    for (double ratio : new double[] {1.1, 1 / 1.1}) {
      List<SpeedMetric> metrics = new ArrayList<>();
      for (int i = 0; i < 11; i++) {
        metrics.add(metric("stage" + i, 14, ratio));
      }
      assertThat(settled(metrics.toArray(SpeedMetric[]::new))).isTrue();
      metrics.add(metric("stage11", 14, ratio));
      assertThat(settled(metrics.toArray(SpeedMetric[]::new))).isFalse();
    }
  }

  @Test
  void settled_metricsThatAreNotTested_doNotKeepItOpen() {
    List<SpeedMetric> metrics = List.of(metric("forward", 14, 1.1), metric("decode", 12, 1.1));
    assertThat(Curtailment.settled(metrics, Set.of("forward.p50"), MOST, POLICY)).isTrue();
    assertThat(Curtailment.settled(metrics, Set.of("decode.p50"), MOST, POLICY)).isFalse();
    assertThat(Curtailment.settled(metrics, Set.of("forward.p50", "decode.p50"), MOST, POLICY))
        .isFalse();
  }
}
