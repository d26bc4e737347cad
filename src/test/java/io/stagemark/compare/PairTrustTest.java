package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Stage;
import io.stagemark.result.comparison.PairRecord;
import io.stagemark.result.comparison.SharedCore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class PairTrustTest {

  private static LivePairs.Pair pair(
      long baseline, long candidate, OptionalDouble steal, Optional<SharedCore> shared) {
    ScoredCase scores = new ScoredCase("net", List.of(), List.of(), Optional.empty());
    return new LivePairs.Pair(
        times(baseline),
        times(candidate),
        Optional.empty(),
        scores,
        scores,
        new PairRecord(
            "a.npy",
            "b.npy",
            Optional.empty(),
            steal,
            Optional.empty(),
            Optional.of("on processor " + baseline % 2),
            shared));
  }

  private static Map<Stage, long[]> times(long nanos) {
    long[] total = new long[60];
    Arrays.fill(total, nanos);
    return Map.of(Stage.TOTAL, total);
  }

  private static Optional<SharedCore> shared(double baseline, double candidate, boolean leftOut) {
    return Optional.of(new SharedCore(baseline, candidate, leftOut));
  }

  // The candidate takes twice as long in each pair: the logarithms move alike.
  @Test
  void of_threePairs_saysWhatTheMachineDid() {
    List<LivePairs.Pair> pairs =
        List.of(
            pair(1000, 2000, OptionalDouble.of(0.01), shared(0.1, 0.2, true)),
            pair(1201, 2402, OptionalDouble.of(0.03), shared(0.2, 0.3, false)),
            pair(1400, 2800, OptionalDouble.empty(), shared(0.3, 0.1, true)));
    assertThat(PairTrust.of(pairs))
        .containsExactly(
            "pair correlation of the total's p50: 1.00 (near 1, what the machine did met both sides"
                + " alike)",
            "stolen by the hypervisor while pairs took turns: 2.0 % on average, 3.0 % at worst",
            "placement: on processor 0",
            "placement: on processor 1",
            "met a core that another shared: 20.0 % of the baseline's batches, 20.0 % of the"
                + " candidate's; left out in 2 of 3 pairs");
  }

  @Test
  void of_twoPairs_haveNoCorrelation() {
    LivePairs.Pair one = pair(1000, 2000, OptionalDouble.empty(), Optional.empty());
    LivePairs.Pair other = pair(1200, 2400, OptionalDouble.empty(), Optional.empty());
    assertThat(PairTrust.of(List.of(one, other))).containsExactly("placement: on processor 0");
    assertThat(PairTrust.of(List.of())).isEmpty();
  }

  // Pairs whose batches were not left out do not count: (0.1 + 0.3)/2 against (0.2 + 0.5)/2.
  @Test
  void unevenlyShared_differenceOfMoreThanATenth_isNamed() {
    List<LivePairs.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      pairs.add(pair(1, 1, OptionalDouble.empty(), shared(0.1, 0.2, true)));
      pairs.add(pair(1, 1, OptionalDouble.empty(), shared(0.0, 0.9, false)));
      pairs.add(pair(1, 1, OptionalDouble.empty(), shared(0.3, 0.5, true)));
    }
    assertThat(PairTrust.unevenlyShared(pairs))
        .hasValue(
            "20 % of the baseline's batches met a shared core and 35 % of the candidate's: one side"
                + " may share it with itself");
    // five pairs that agree may do so by chance, and so may six of which one does not
    assertThat(PairTrust.unevenlyShared(pairs.subList(0, 8))).isEmpty();
    pairs.set(0, pair(1, 1, OptionalDouble.empty(), shared(0.2, 0.1, true)));
    assertThat(PairTrust.unevenlyShared(pairs)).isEmpty();
    assertThat(PairTrust.unevenlyShared(List.of())).isEmpty();
  }

  // Centred: −1.5 … 2.5 with 1, 2, 3, 5 around 2.75 and 2, 1, 3, 4 around 2.5:
  // Σab = 5.5, Σa² = 8.75, Σb² = 5.
  @Test
  void correlation_onAHighLevel_isThatOfTheDifferences() {
    double expected = 5.5 / Math.sqrt(8.75 * 5);
    double[] a = {1, 2, 3, 5};
    double[] b = {2, 1, 3, 4};
    assertThat(PairTrust.correlation(a, b)).isCloseTo(expected, within(1e-12));
    double[] highA = Arrays.stream(a).map(v -> v / 3 + 1e9).toArray();
    double[] highB = Arrays.stream(b).map(v -> v / 7 + 1e9).toArray();
    assertThat(PairTrust.correlation(highA, highB)).isCloseTo(expected, within(1e-5));
  }

  @Test
  void correlation_sidesOfDifferentLength_isUnknown() {
    assertThat(PairTrust.correlation(new double[] {1, 2, 3}, new double[] {1, 2, 3, 4})).isNaN();
    assertThat(PairTrust.correlation(new double[] {1, 2}, new double[] {1, 2})).isNaN();
    assertThat(PairTrust.correlation(new double[] {1, 2, 4}, new double[] {1, 2, 4}))
        .isCloseTo(1, within(1e-12));
  }
}
