package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.gate.PolicyReader;
import io.stagemark.data.Stage;
import io.stagemark.report.comparison.BlameText;
import io.stagemark.result.comparison.BlameShare;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.Side;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a comparison blames, and the signs of what it shows. */
final class BlameLineTest {
  private static final Side SIDE = new Side("side", "here", "2026-01-02T03:04:05Z", "2", "JDK");

  private static SpeedResult speed(Stage stage, Verdict verdict) {
    Interval none = new Interval(0, 0);
    return new SpeedResult(
        new SpeedResult.Metric("net", stage.label(), 50, true, "pairs"),
        new SpeedResult.TimeChange(1, 1, 0, none),
        new SpeedResult.ChangeTest(1, 1, 0.02, 0.01),
        verdict,
        "");
  }

  private static BlameShare share(Stage stage, double nanos, double half) {
    return new BlameShare("net", stage.label(), nanos, new Interval(nanos - half, nanos + half));
  }

  private static Comparison comparison(List<SpeedResult> speed, List<BlameShare> blame) {
    return new Comparison(
        Comparison.SCHEMA_VERSION,
        new Comparison.Setup(Comparison.Origin.LIVE, SIDE, SIDE, "default", 0.05),
        List.of(),
        List.of(),
        new Comparison.Findings(speed, List.of(), List.of(), blame, List.of(), List.of()),
        List.of(),
        "./stagemark gate",
        Optional.empty());
  }

  @Test
  void blamed_totalRegressedAndNoStage_saysNoStageByItself() {
    Comparison comparison =
        comparison(
            List.of(
                speed(Stage.FORWARD, Verdict.INCONCLUSIVE), speed(Stage.TOTAL, Verdict.REGRESSED)),
            List.of(
                share(Stage.FORWARD, 900_000, 100_000), share(Stage.TOTAL, 1_200_000, 100_000)));

    assertThat(BlameText.of(comparison))
        .containsExactly("no stage by itself, total +1.200 ms [+1.100 ms, +1.300 ms]");
  }

  // the largest change is of a stage within its margin: the smaller one that regressed is blamed
  @Test
  void blamed_largerChangeWithinItsMargin_isNotNamed() {
    Comparison comparison =
        comparison(
            List.of(
                speed(Stage.FORWARD, Verdict.EQUIVALENT),
                speed(Stage.DECODE, Verdict.REGRESSED),
                speed(Stage.TOTAL, Verdict.REGRESSED)),
            List.of(
                share(Stage.DECODE, 300_000, 100_000),
                share(Stage.FORWARD, 900_000, 100_000),
                share(Stage.TOTAL, 1_200_000, 100_000)));

    assertThat(BlameText.of(comparison)).singleElement().asString().startsWith("decode +0.30");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void blamed_anyVerdicts_namesOnlyWhatRegressedAndRose(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 2000; round++) {
      List<SpeedResult> speed = new ArrayList<>();
      List<BlameShare> blame = new ArrayList<>();
      for (Stage stage : Stage.values()) {
        speed.add(speed(stage, Verdict.values()[random.nextInt(Verdict.values().length)]));
        blame.add(share(stage, random.nextInt(-1_000_000, 1_000_000), random.nextInt(500_000)));
      }
      List<String> lines = BlameText.of(comparison(speed, blame));
      boolean any = speed.stream().anyMatch(s -> s.verdict() == Verdict.REGRESSED);
      assertThat(lines.size()).isLessThanOrEqualTo(any ? 1 : 0);
      for (String line : lines) {
        String named =
            line.startsWith("no stage by itself, ") ? Stage.TOTAL.label() : line.split(" ", 2)[0];
        assertThat(speed)
            .filteredOn(s -> s.metric().stage().equals(named))
            .singleElement()
            .satisfies(s -> assertThat(s.verdict()).isEqualTo(Verdict.REGRESSED));
        if (!named.equals(Stage.TOTAL.label())) {
          assertThat(blame)
              .filteredOn(b -> b.stage().equals(named))
              .singleElement()
              .satisfies(b -> assertThat(b.interval().low()).isPositive());
        }
      }
    }
  }

  // changes of a part of a percent, on trials whose levels differ by more
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9})
  void compare_anyChange_hasTheSignOfTheTwoTimesBesideIt(int seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    StoredRuns candidate = new StoredRuns(100 + seed);
    candidate.preprocess = 1 + 0.02 * (random.nextDouble() - 0.5);
    candidate.forward = 1 + 0.02 * (random.nextDouble() - 0.5);

    Comparison comparison =
        StoredComparison.compare(
            new StoredRuns(seed).run(),
            candidate.run(),
            PolicyReader.byDefault(),
            "./stagemark compare a b");

    assertThat(comparison.findings().speed())
        .isNotEmpty()
        .allSatisfy(
            s ->
                assertThat(Math.signum(s.times().change()))
                    .isEqualTo(
                        Math.signum(s.times().candidateNanos() - s.times().baselineNanos())));
    for (BlameShare share : comparison.findings().blame()) {
      assertThat(comparison.findings().speed())
          .filteredOn(
              s -> s.metric().stage().equals(share.stage()) && s.metric().percentile() == 50)
          .singleElement()
          .satisfies(
              s ->
                  assertThat(Math.signum(share.nanos()))
                      .isEqualTo(
                          Math.signum(s.times().candidateNanos() - s.times().baselineNanos())));
    }
  }
}
