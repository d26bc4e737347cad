package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.config.gate.Policy;
import io.stagemark.config.gate.PolicyReader;
import io.stagemark.result.comparison.BlindSpot;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.stats.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What has to be found of each time, and what was not. */
final class BlindSpotsTest {
  private static final Policy POLICY = PolicyReader.byDefault();
  private static final double MARGIN = 0.02;

  private final SpeedResult total = inconclusive("total", 50, 10_000_000, MARGIN, 0.04);

  @Test
  void mustFind_largeStage_isThatOfItsPercentile() {
    SpeedResult forward = inconclusive("forward", 50, 9_000_000, MARGIN, 0.3);
    assertThat(BlindSpots.mustFind(POLICY, forward, List.of(forward, total))).isEqualTo(0.05);
    assertThat(BlindSpots.mustFind(POLICY, total, List.of(forward, total))).isEqualTo(0.05);
  }

  // 0.4 ms of 10 ms: 1 % of the total is a quarter of the stage
  @Test
  void mustFind_smallStage_isAPartOfTheTotalAtTheSamePercentile() {
    SpeedResult decode = inconclusive("decode", 50, 400_000, MARGIN, 0.3);
    SpeedResult tail = inconclusive("total", 95, 80_000_000, MARGIN, 0.04);
    assertThat(BlindSpots.mustFind(POLICY, decode, List.of(tail, decode, total)))
        .isCloseTo(0.25, within(1e-12));
    assertThat(BlindSpots.mustFind(POLICY, decode, List.of(tail, decode))).isEqualTo(0.05);
  }

  @Test
  void mustFind_marginsBeyondIt_isTwiceTheMargin() {
    SpeedResult wide = inconclusive("forward", 50, 9_000_000, 0.04, 0.3);
    assertThat(BlindSpots.mustFind(POLICY, wide, List.of(total, wide))).isEqualTo(0.08);
  }

  @Test
  void of_smallStageThatHidesLessThanItsPartOfTheTotal_isNoBlindSpot() {
    List<SpeedResult> all =
        List.of(
            inconclusive("decode", 50, 400_000, MARGIN, 0.24),
            inconclusive("preprocess", 50, 400_000, MARGIN, 0.26),
            total);
    assertThat(new BlindSpots(POLICY, time -> "help").of(all, List.of(), List.of(), List.of()))
        .extracting(BlindSpot::metric)
        .containsExactly("preprocess p50");
  }

  private static SpeedResult inconclusive(
      String stage, int percentile, double nanos, double margin, double detectable) {
    return new SpeedResult(
        new SpeedResult.Metric("case", stage, percentile, true, "6 pairs"),
        new SpeedResult.TimeChange(nanos, nanos, 0, new Interval(-0.1, 0.1)),
        new SpeedResult.ChangeTest(0.5, 1, margin, detectable),
        Verdict.INCONCLUSIVE,
        "could have found");
  }
}
