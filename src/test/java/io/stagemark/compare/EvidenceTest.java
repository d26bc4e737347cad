package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Score;
import io.stagemark.data.Stage;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.comparison.NotJudged;
import io.stagemark.stats.Interval;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the figures of two sides say, before a policy judges it. */
final class EvidenceTest {

  // Five trials a side, 10 % apart and equal within a side: 252 assignments, one of which is as far
  // apart as seen. ln 1.1 = 0.0953.
  @Test
  void trials_tenPercentApart_workedByHand() {
    double[] thousand = {1000, 1000, 1000, 1000, 1000};
    double[] more = {1100, 1100, 1100, 1100, 1100};
    TrialEvidence slower = new TrialEvidence(thousand, more);
    assertThat(slower.baselineNanos()).isCloseTo(1000, within(1e-9));
    assertThat(slower.candidateNanos()).isCloseTo(1100, within(1e-9));
    assertThat(slower.nanos()).isCloseTo(100, within(1e-9));
    assertThat(slower.pSlower(0.09)).isCloseTo(1 / 252.0, within(1e-12));
    assertThat(slower.pSlower(0.1)).isEqualTo(1);
    assertThat(slower.pFaster(0)).isEqualTo(1);
    TrialEvidence faster = new TrialEvidence(more, thousand);
    assertThat(faster.pFaster(0.09)).isCloseTo(1 / 252.0, within(1e-12));
    assertThat(faster.pFaster(0.1)).isEqualTo(1);
    assertThat(faster.pSlower(0)).isEqualTo(1);
    assertThat(faster.detectable(0.05, 1)).isCloseTo(0, within(1e-12));
    assertThat(new TrialEvidence(new double[] {1000}, more).detectable(0.05, 1)).isInfinite();
    assertThat(slower.units()).isEqualTo("5 and 5 trials");
  }

  @Test
  void log_time_isNoLessThanOneNanosecond() {
    assertThat(Evidence.log(Math.E)).isCloseTo(1, within(1e-15));
    assertThat(Evidence.log(0)).isZero();
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Evidence.log(bad));
    }
  }

  // Differences 0.3, 0.1 and 0.2 of a loss are 0.15, −0.05 and 0.05 beyond the margin, in all 0.15.
  // Three of the eight assignments of signs have as much: 0.25, 0.15 and 0.15.
  @Test
  void examples_threeLosses_workedByHand() {
    List<Double> up = List.of(0.3, 0.1, 0.2);
    ScoreEvidence worse = ScoreEvidence.ofExamples(up, 1, 0.15, 0.05);
    assertThat(worse.examples()).isEqualTo(3);
    assertThat(worse.difference()).isCloseTo(0.2, within(1e-12));
    assertThat(worse.pWorse()).isEqualTo(3 / 8.0);
    assertThat(worse.pBetter()).isEqualTo(1);
    ScoreEvidence better = ScoreEvidence.ofExamples(up, -1, 0.15, 0.05);
    assertThat(better.pWorse()).isEqualTo(1);
    assertThat(better.pBetter()).isEqualTo(3 / 8.0);
    assertThat(better.difference()).isCloseTo(0.2, within(1e-12));
  }

  // An example that only one side has, or whose score is of another name, is left out.
  @Test
  void scorePairs_examplesOfBothSides_areDifferences() {
    ScorePairs pairs =
        ScorePairs.of(
            "focal",
            List.of(example("a", 1), example("b", 2), example("c", 3)),
            List.of(example("c", 3.5), example("d", 9), example("a", 0.5)));
    assertThat(pairs.differences()).containsExactly(-0.5, 0.5);
    assertThat(pairs.undefined()).isZero();
    assertThat(ScorePairs.of("other", List.of(example("a", 1)), List.of(example("a", 1))))
        .isEqualTo(new ScorePairs(List.of(), 0));
  }

  // Infinite on both sides: no difference, and nothing was lost.
  @Test
  void scorePairs_infiniteOnTheBaseline_isNeitherPairedNorLost() {
    double none = Double.POSITIVE_INFINITY;
    ScorePairs pairs =
        ScorePairs.of(
            "focal",
            List.of(example("a", none), example("b", none), example("c", 1)),
            List.of(example("a", none), example("b", 1), example("c", none)));
    assertThat(pairs.differences()).isEmpty();
    assertThat(pairs.undefined()).isEqualTo(1);
  }

  private static ExampleResult example(String id, double loss) {
    return new ExampleResult(
        id, id, List.of(), 0, List.of(), List.of(new Score("focal", loss, "nat", true, 1)));
  }

  private static Map<Stage, long[]> unit(int batches, long nanos) {
    Map<Stage, long[]> times = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      long[] values = new long[batches];
      Arrays.fill(values, nanos);
      times.put(stage, values);
    }
    return times;
  }

  // Units of different length each have an estimator of their own.
  @Test
  void quantiles_unitsOfDifferentLength_areEachTheirOwn() {
    StageQuantiles quantiles = new StageQuantiles();
    List<Map<Stage, long[]>> units = List.of(unit(60, 5), unit(61, 7), unit(160, 9));
    for (int percentile : new int[] {50, 95}) {
      double[] found = quantiles.of(units, Stage.FORWARD, percentile);
      assertThat(found).containsExactly(new double[] {5, 7, 9}, within(1e-9));
    }
  }

  // 60 batches are enough for p50; the side with fewer is named.
  @Test
  void stages_tooFewBatchesOnASide_areNotJudged() {
    List<Map<Stage, long[]>> enough = List.of(unit(600, 1000), unit(600, 1000));
    List<Map<Stage, long[]>> few = List.of(unit(600, 1000), unit(59, 1000));
    List<Map<Stage, long[]>> fewer = List.of(unit(58, 1000), unit(600, 1000));
    assertThat(firstReason(few, enough)).isEqualTo("needs 60 batches a trial, has 59");
    assertThat(firstReason(enough, few)).isEqualTo("needs 60 batches a trial, has 59");
    assertThat(firstReason(few, fewer)).isEqualTo("needs 60 batches a trial, has 58");
    assertThat(firstReason(fewer, few)).isEqualTo("needs 60 batches a trial, has 58");
    assertThat(firstReason(enough, enough)).isEqualTo("needs 3000 batches a trial, has 600");
  }

  private static String firstReason(
      List<Map<Stage, long[]>> baseline, List<Map<Stage, long[]>> candidate) {
    NotJudged first =
        StageEvidence.of("net", baseline, candidate, TrialEvidence::new, 0.05).notJudged().get(0);
    assertThat(first.reason()).endsWith(": raise measure.minBatches");
    return first.reason().replace(": raise measure.minBatches", "");
  }

  // Of p50 alone; the interval of equal pairs is the difference itself.
  @Test
  void stages_pairs_blameTheMedians() {
    List<Map<Stage, long[]>> before =
        List.of(
            unit(600, 1000),
            unit(600, 1000),
            unit(600, 1000),
            unit(600, 1000),
            unit(600, 1000),
            unit(600, 1000));
    List<Map<Stage, long[]>> after =
        List.of(
            unit(600, 1100),
            unit(600, 1100),
            unit(600, 1100),
            unit(600, 1100),
            unit(600, 1100),
            unit(600, 1100));
    StageEvidence evidence =
        StageEvidence.of("net", before, after, new PairEvidenceMaker(30), 0.05);
    assertThat(evidence.blame()).hasSize(5);
    assertThat(evidence.metrics()).hasSize(10);
    assertThat(evidence.blame().get(0).nanos()).isCloseTo(100, within(1e-6));
    Interval interval = evidence.blame().get(0).interval();
    assertThat(interval.low()).isCloseTo(100, within(1e-6));
    assertThat(interval.high()).isCloseTo(100, within(1e-6));
  }
}
