package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.config.RealCatalog;
import io.stagemark.config.gate.GateConfigs;
import io.stagemark.config.gate.GateReader;
import io.stagemark.data.Score;
import io.stagemark.data.Stage;
import io.stagemark.report.comparison.BlameText;
import io.stagemark.report.comparison.MarkdownPage;
import io.stagemark.result.Footprint;
import io.stagemark.result.Operations;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.PairFootprints;
import io.stagemark.result.comparison.PairRecord;
import io.stagemark.result.comparison.SharedCore;
import io.stagemark.result.comparison.Side;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.comparison.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The procedure on made-up pairs: preprocess 200 µs, forward 800 µs. */
final class LiveComparisonTest {
  private static final Side SIDE = new Side("side", "here", "2026-01-02T03:04:05Z", "2", "JDK");

  private static final Optional<Operations> OPERATIONS =
      Optional.of(new Operations("net.onnx", 100, 200, 30, Map.of(), Optional.empty()));

  private final SplittableRandom random = new SplittableRandom(11);
  private final List<String> heard = new ArrayList<>();
  private int measured;
  private int controls;
  private double candidateShared = 0.12;
  private int nanInPair;
  private double candidateMemory = 1;
  private double candidateAllocation = 4096;

  @TempDir Path folder;

  private Map<Stage, long[]> times(double level, double preprocess, double forward) {
    long[] decodes = new long[60];
    long[] preprocesses = new long[60];
    long[] forwards = new long[60];
    long[] postprocesses = new long[60];
    long[] totals = new long[60];
    for (int i = 0; i < 60; i++) {
      double noise = level * (1 + 0.02 * random.nextDouble());
      decodes[i] = 40;
      preprocesses[i] = Math.round(200_000 * preprocess * noise);
      forwards[i] = Math.round(800_000 * forward * noise);
      postprocesses[i] = 30;
      totals[i] = preprocesses[i] + forwards[i] + 200;
    }
    return new EnumMap<>(
        Map.of(
            Stage.DECODE, decodes,
            Stage.PREPROCESS, preprocesses,
            Stage.FORWARD, forwards,
            Stage.POSTPROCESS, postprocesses,
            Stage.TOTAL, totals));
  }

  /** Pairs share what the machine does: a level of its own for each. */
  private LivePairs pairs(double preprocess, double forward, double control) {
    return wanted -> {
      measured++;
      controls += wanted ? 1 : 0;
      double level = 1 + 0.2 * random.nextDouble();
      return new LivePairs.Pair(
          times(level, 1, 1),
          times(level * (1 + 0.004 * (random.nextDouble() - 0.5)), preprocess, forward),
          wanted ? Optional.of(times(level, control, control)) : Optional.empty(),
          scored(1.5),
          scored(measured == nanInPair ? Double.NaN : 1.5),
          new PairRecord(
              "samples/pair%02d-baseline.npy".formatted(measured),
              "samples/pair%02d-candidate.npy".formatted(measured),
              Optional.empty(),
              OptionalDouble.of(0.01),
              Optional.of(
                  new PairFootprints(
                      footprint(500, 4096), footprint(500 * candidateMemory, candidateAllocation))),
              Optional.of("measured on processor 1, the JVMs' own threads on 0"),
              Optional.of(new SharedCore(0.1, candidateShared, true))));
    };
  }

  /** Processes of one side differ by a percent. */
  private Footprint footprint(double mebibytes, double allocated) {
    double bytes = mebibytes * (1 << 20) * (1 + 0.01 * random.nextDouble());
    return new Footprint(OptionalLong.of(Math.round(bytes)), allocated);
  }

  private static ScoredCase scored(double loss) {
    return new ScoredCase(
        "net", List.of(new Score("focal", loss, "nat", true, 4)), List.of(), Optional.of("12ab"));
  }

  private Comparison gate(LivePairs pairs) throws Exception {
    return LiveComparison.compare(
        GateConfigs.twice(Path.of("configs", "voice-activity.yaml"), folder),
        pairs,
        (phase, done, of, left) -> heard.add(phase + " " + done + "/" + of + " " + left),
        new LiveSides(SIDE, SIDE, OPERATIONS, OPERATIONS),
        "./stagemark gate gate.yaml");
  }

  private static SpeedResult speed(Comparison comparison, String label) {
    return comparison.findings().speed().stream()
        .filter(s -> s.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void compare_sameSides_stopsAfterScreening() throws Exception {
    Comparison comparison = gate(pairs(1, 1, 1));
    assertThat(measured).isEqualTo(6);
    assertThat(heard).startsWith("screening 1/6 20").endsWith("screening 6/6 15");
    assertThat(comparison.overall()).isEqualTo(Verdict.EQUIVALENT);
    assertThat(comparison.trust())
        .contains("A/A control: clean, the baseline against itself flagged nothing");
    // 60 batches a pair: p50 is judged, p95 and p99 are not
    assertThat(comparison.findings().speed()).hasSize(5);
    assertThat(comparison.findings().notJudged()).hasSize(10);
    assertThat(comparison.findings().quality().get(0).reason()).isEqualTo("bit-identical outputs");
    assertThat(comparison.findings().exact())
        .extracting(ExactResult::name)
        .contains("flops", "parameters");
    assertThat(comparison.pairs().orElseThrow().screening()).hasSize(6);
    assertThat(comparison.pairs().orElseThrow().confirming()).isEmpty();
    assertThat(comparison.trust())
        .contains(
            "stolen by the hypervisor while pairs took turns: 1.0 % on average, 1.0 % at worst")
        .anyMatch(line -> line.startsWith("pair correlation of the total's p50: 1.00"))
        .anyMatch(
            line ->
                line.startsWith("gated by the policy and NOT judged: decode p95, preprocess p95")
                    && line.endsWith("(needs 600 batches a pair, has 60: set pairs.blocks to 30)"));
  }

  @Test
  void compare_preprocessFivePercentSlower_isConfirmedAndBlamed() throws Exception {
    Comparison comparison = gate(pairs(1.05, 1, 1));
    // fourteen pairs that agree cannot be outvoted by one: the interval stays above the margin
    assertThat(measured).isEqualTo(6 + 14);
    assertThat(comparison.trust())
        .contains("stopped early: no further pair could change the verdict");
    assertThat(speed(comparison, "preprocess p50").verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(speed(comparison, "preprocess p50").times().change()).isCloseTo(0.05, within(0.005));
    assertThat(speed(comparison, "forward p50").verdict()).isEqualTo(Verdict.EQUIVALENT);
    assertThat(BlameText.of(comparison)).singleElement().asString().startsWith("preprocess +0.01");
    assertThat(comparison.overall()).isEqualTo(Verdict.REGRESSED);
  }

  // A change near the margin leaves the verdict open to the last pair, or nearly so.
  @Test
  void compare_changeNearTheMargin_saysStoppedEarlyOnlyWherePairsWereSaved() throws Exception {
    List<Integer> all = new ArrayList<>();
    for (double change = 1.021; change < 1.023; change += 0.0002) {
      measured = 0;
      boolean early =
          gate(pairs(change, 1, 1)).trust().stream().anyMatch(t -> t.startsWith("stopped early"));
      assertThat(early).as("%s pairs", measured).isEqualTo(measured > 6 && measured < 6 + 15);
      all.add(measured);
    }
    assertThat(all).contains(6 + 15);
  }

  @Test
  void compare_memory_isComparedWithItsFloor() throws Exception {
    // 4 % of 500 MiB is less than the larger floor, 5 %
    candidateMemory = 1.04;
    assertThat(gate(pairs(1, 1, 1)).findings().exact())
        .filteredOn(e -> e.name().equals("rss.peak"))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.verdict()).isEqualTo(Verdict.EQUIVALENT);
              assertThat(e.gated()).isFalse();
              assertThat(e.baseline()).isBetween(500.0, 505.0);
            });
    candidateMemory = 1.1;
    candidateAllocation = 4096 + 1025;
    Comparison comparison = gate(pairs(1, 1, 1));
    assertThat(comparison.findings().exact())
        .extracting(e -> e.name() + " " + e.verdict())
        .containsExactly(
            "flops EQUIVALENT",
            "parameters EQUIVALENT",
            "allocation REGRESSED",
            "rss.peak REGRESSED");
    // both inform by default
    assertThat(comparison.overall()).isEqualTo(Verdict.EQUIVALENT);
    candidateMemory = 0.9;
    candidateAllocation = 4096 - 1025;
    assertThat(gate(pairs(1, 1, 1)).findings().exact())
        .extracting(e -> e.name() + " " + e.verdict())
        .endsWith("allocation IMPROVED", "rss.peak IMPROVED");
  }

  // The first five processes of the candidate were lucky.
  @Test
  void compare_oneLaterPairHasNoNumber_isWorse() throws Exception {
    nanInPair = 6;
    Comparison comparison = gate(pairs(1, 1, 1));
    assertThat(comparison.findings().quality())
        .singleElement()
        .satisfies(q -> assertThat(q.verdict()).isEqualTo(Verdict.REGRESSED))
        .satisfies(q -> assertThat(q.reason()).isEqualTo("the candidate's is not a number"));
  }

  @Test
  void compare_faster_isImproved() throws Exception {
    assertThat(gate(pairs(0.9, 0.9, 1)).overall()).isEqualTo(Verdict.IMPROVED);
  }

  // One percent is inside the margin of two.
  @Test
  void compare_onePercentSlower_isEquivalent() throws Exception {
    Comparison comparison = gate(pairs(1.01, 1.01, 1));
    assertThat(comparison.overall()).isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void compare_controlFlags_givesNoVerdict() throws Exception {
    Comparison comparison = gate(pairs(1.1, 1.1, 1.1));
    assertThat(comparison.overall()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(comparison.findings().speed())
        .allMatch(s -> s.reason().startsWith("the A/A control flagged"));
  }

  @Test
  void compare_cleanControl_runsInScreeningAlone() throws Exception {
    Comparison comparison = gate(pairs(1.1, 1, 1));
    assertThat(comparison.overall()).isEqualTo(Verdict.REGRESSED);
    assertThat(measured).isGreaterThan(6);
    assertThat(controls).isEqualTo(6);
    assertThat(comparison.trust())
        .contains("A/A control: clean, the baseline against itself flagged nothing");
  }

  @Test
  void compare_flaggedControl_isAskedAgainInEveryFreshPair() throws Exception {
    assertThat(gate(pairs(1.1, 1, 1.1)).overall()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(controls).isEqualTo(measured).isGreaterThan(6);
  }

  @Test
  void compare_oneSideMetASharedCoreFarMoreOften_hasNoVerdict() throws Exception {
    candidateShared = 0.3;
    Comparison comparison = gate(pairs(1.1, 1, 1));
    assertThat(comparison.findings().speed()).allMatch(s -> s.verdict() == Verdict.INCONCLUSIVE);
    assertThat(comparison.findings().speed().get(0).reason())
        .isEqualTo(
            "10 % of the baseline's batches met a shared core and 30 % of the candidate's: one"
                + " side may share it with itself");
  }

  @Test
  void compare_candidateDies_keepsWhatWasMeasured() throws Exception {
    LivePairs good = pairs(1, 1, 1);
    LivePairs dying =
        control -> {
          if (measured == 3) {
            throw new LivePairs.Failed(new IOException("the candidate's JVM ended: 134"));
          }
          return good.next(control);
        };
    Comparison comparison = gate(dying);
    assertThat(comparison.failures()).containsExactly("the candidate's JVM ended: 134");
    assertThat(comparison.findings().speed())
        .hasSize(5)
        .allMatch(s -> s.metric().units().equals("3 pairs"));
    assertThat(comparison.overall()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void compare_stoppedBeforeTheFirstFreshPair_showsTheScreening() throws Exception {
    LivePairs good = pairs(1.1, 1, 1);
    Comparison comparison =
        gate(
            control -> {
              if (measured == 6) {
                throw new LivePairs.Failed(new IOException("interrupted, in pair 7"));
              }
              return good.next(control);
            });
    assertThat(comparison.findings().speed())
        .hasSize(5)
        .allMatch(s -> s.metric().units().equals("6 pairs") && s.verdict() == Verdict.INCONCLUSIVE);
    assertThat(comparison.overall()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(comparison.failures()).containsExactly("interrupted, in pair 7");
  }

  @Test
  void correlation_knownFigures_isPearsons() {
    // centred: a = -1, 0, 1; b = -1, 1, 0: 1 / sqrt(2 * 2)
    assertThat(PairTrust.correlation(new double[] {1, 2, 3}, new double[] {1, 3, 2}))
        .isCloseTo(0.5, within(1e-12));
    assertThat(PairTrust.correlation(new double[] {1, 1, 1}, new double[] {1, 3, 2})).isNaN();
  }

  @Test
  void compare_candidateNeverStarts_isAFailureWithoutFigures() throws Exception {
    Comparison comparison =
        gate(
            control -> {
              throw new LivePairs.Failed(new IOException("no main class"));
            });
    assertThat(comparison.findings().speed()).isEmpty();
    assertThat(comparison.failures()).containsExactly("no main class");
    assertThat(MarkdownPage.of(comparison)).contains("failed: no main class");
  }

  @Test
  void compare_confirmed_isDecidedByTheFreshPairsAlone() throws Exception {
    Comparison comparison = gate(pairs(1.05, 1, 1));
    assertThat(comparison.trust())
        .contains("pairs: 6 to screen, 14 fresh ones to confirm preprocess.p50");
    assertThat(speed(comparison, "preprocess p50").metric().units()).isEqualTo("14 pairs");
    assertThat(comparison.pairs().orElseThrow().confirming()).hasSize(14);
  }

  // The control moves in screening and not in the fresh pairs: chance, and no reason to refuse.
  @Test
  void compare_controlFlaggedInScreeningAlone_isClean() throws Exception {
    LivePairs moved = pairs(1.1, 1, 1.1);
    LivePairs still = pairs(1.1, 1, 1);
    Comparison comparison =
        gate(control -> measured < 6 ? moved.next(control) : still.next(control));
    assertThat(comparison.trust())
        .contains("A/A control: clean, the baseline against itself flagged nothing");
    assertThat(comparison.overall()).isEqualTo(Verdict.REGRESSED);
  }

  @Test
  void compare_controlFaster_givesNoVerdict() throws Exception {
    Comparison comparison = gate(pairs(1.1, 1, 0.9));
    assertThat(comparison.overall()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(comparison.trust())
        .anyMatch(line -> line.startsWith("the A/A control flagged preprocess p50"));
  }

  @Test
  void compare_controlSwitchedOff_saysSo() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("without.yaml"),
            "name: gate\nrun: %s\npairs: {control: false}\n"
                .formatted(Path.of("configs", "voice-activity.yaml").toAbsolutePath()));
    Comparison comparison =
        LiveComparison.compare(
            new GateReader(RealCatalog.of(folder)).read(file),
            pairs(1.1, 1, 1.1),
            (phase, done, of, left) -> heard.add(phase),
            new LiveSides(SIDE, SIDE, OPERATIONS, OPERATIONS),
            "./stagemark gate gate.yaml");
    assertThat(controls).isZero();
    assertThat(comparison.trust()).contains("A/A control: switched off (pairs.control)");
    assertThat(speed(comparison, "preprocess p50").verdict()).isEqualTo(Verdict.REGRESSED);
  }

  @Test
  void compare_unevenlySharedCores_isSaidUnderTrust() throws Exception {
    candidateShared = 0.3;
    assertThat(gate(pairs(1, 1, 1)).trust())
        .contains(
            "10 % of the baseline's batches met a shared core and 30 % of the candidate's: one"
                + " side may share it with itself");
  }

  // Outputs that are not the same in each process, of either side.
  @Test
  void compare_outputsThatDifferFromPairToPair_isSaidOfTheirSide() throws Exception {
    LivePairs same = pairs(1, 1, 1);
    for (String role : List.of("baseline", "candidate")) {
      measured = 0;
      Comparison comparison =
          gate(
              control -> {
                LivePairs.Pair pair = same.next(control);
                ScoredCase other =
                    new ScoredCase(
                        "net", scored(1.5).scores(), List.of(), Optional.of("bits" + measured));
                return new LivePairs.Pair(
                    pair.baseline(),
                    pair.candidate(),
                    pair.control(),
                    role.equals("baseline") ? other : pair.baselineScores(),
                    role.equals("candidate") ? other : pair.candidateScores(),
                    pair.record());
              });
      assertThat(comparison.trust())
          .filteredOn(line -> line.contains("outputs differ"))
          .containsExactly(
              "the %s's outputs differ from pair to pair: losses are the mean of 6 pairs,"
                      .formatted(role)
                  + " predictions those of the first");
    }
  }

  // Where the system reports no peak for one side, memory is compared over the other pairs.
  @Test
  void compare_memoryUnknownInSomePairs_leavesThemOut() throws Exception {
    LivePairs known = pairs(1, 1, 1);
    Footprint none = new Footprint(OptionalLong.empty(), 4096);
    Comparison comparison =
        gate(
            control -> {
              LivePairs.Pair pair = known.next(control);
              PairFootprints both = pair.record().footprints().orElseThrow();
              return switch (measured) {
                case 1 -> with(pair, new PairFootprints(none, both.candidate()));
                case 2 -> with(pair, new PairFootprints(both.baseline(), none));
                default -> pair;
              };
            });
    assertThat(comparison.findings().exact())
        .filteredOn(e -> e.name().equals("rss.peak"))
        .singleElement()
        .satisfies(e -> assertThat(e.baseline()).isBetween(500.0, 505.0));
  }

  private static LivePairs.Pair with(LivePairs.Pair pair, PairFootprints footprints) {
    PairRecord r = pair.record();
    return new LivePairs.Pair(
        pair.baseline(),
        pair.candidate(),
        pair.control(),
        pair.baselineScores(),
        pair.candidateScores(),
        new PairRecord(
            r.baseline(),
            r.candidate(),
            r.control(),
            r.stealShare(),
            Optional.of(footprints),
            r.placement(),
            r.sharedCore()));
  }
}
