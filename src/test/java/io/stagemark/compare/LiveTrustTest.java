package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.RealCatalog;
import io.stagemark.config.gate.GateReader;
import io.stagemark.result.Footprint;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.PairFootprints;
import io.stagemark.result.comparison.PairRecord;
import io.stagemark.result.comparison.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a gate says of its pairs and its control, and what it leaves out. */
final class LiveTrustTest extends MadeUpGate {

  @Test
  void compare_flagged_isDecidedByAllPairs() throws Exception {
    Comparison comparison = gate(pairs(1.05, 1, 1));
    assertThat(speed(comparison, "preprocess p50").metric().units()).isEqualTo("6 pairs");
  }

  // The control moves in its first pairs and not in later ones: chance, and no reason to refuse.
  @Test
  void compare_controlMovedInItsFirstPairsAlone_isClean() throws Exception {
    LivePairs moved = pairs(1.1, 1, 1.1);
    LivePairs still = pairs(1.1, 1, 1);
    Comparison comparison =
        gate(control -> measured < 8 ? moved.next(control) : still.next(control));
    assertThat(measured).isGreaterThan(8);
    assertThat(comparison.trust())
        .contains("A/A control: clean, the baseline against itself moved nothing");
    assertThat(comparison.overall()).isEqualTo(Verdict.REGRESSED);
  }

  @Test
  void compare_controlFaster_givesNoVerdict() throws Exception {
    Comparison comparison = gate(pairs(1.1, 1, 0.9));
    assertThat(comparison.overall()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(comparison.trust())
        .anyMatch(line -> line.startsWith("the A/A control moved preprocess p50"));
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
            new LiveSides(SIDE, SIDE, List.of(), OPERATIONS, OPERATIONS),
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
