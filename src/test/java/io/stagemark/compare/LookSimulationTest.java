package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.gate.GateConfig;
import io.stagemark.config.gate.GateConfigs;
import io.stagemark.data.Stage;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.PairRecord;
import io.stagemark.result.comparison.Verdict;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many gates on made-up pairs with normal noise from pair to pair, each stage on its own: how often
 * what is no change is flagged, and how often a change is found, after how many pairs.
 */
final class LookSimulationTest {
  private static final int BATCHES = 60;

  @TempDir Path folder;
  private GateConfig gate;
  private final SplittableRandom random = new SplittableRandom(20260101);
  private int measured;

  @BeforeEach
  void read() throws Exception {
    gate = GateConfigs.twice(Path.of("configs", "voice-activity.yaml"), folder);
  }

  private Map<Stage, long[]> times(Map<Stage, Double> ratios) {
    Map<Stage, long[]> times = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      long[] nanos = new long[BATCHES];
      Arrays.fill(nanos, Math.round(1e6 * ratios.getOrDefault(stage, 1.0)));
      times.put(stage, nanos);
    }
    return times;
  }

  /** Runs one gate; every stage of the candidate has its change and its own noise. */
  private Comparison run(double change, double deviation) throws Exception {
    measured = 0;
    LivePairs pairs =
        control -> {
          measured++;
          return new LivePairs.Pair(
              times(Map.of()),
              times(noisy(change, deviation)),
              control ? Optional.of(times(noisy(1, deviation))) : Optional.empty(),
              MadeUpGate.scored(1.5),
              MadeUpGate.scored(1.5),
              new PairRecord(
                  "a",
                  "b",
                  Optional.empty(),
                  OptionalDouble.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()));
        };
    return LiveComparison.compare(
        gate,
        pairs,
        (phase, done, of, left) -> {},
        new LiveSides(
            MadeUpGate.SIDE, MadeUpGate.SIDE, List.of(), Optional.empty(), Optional.empty()),
        "gate");
  }

  private Map<Stage, Double> noisy(double change, double deviation) {
    Map<Stage, Double> ratios = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      ratios.put(stage, change * Math.exp(deviation * random.nextGaussian()));
    }
    return ratios;
  }

  // The worst case: all five medians are slower by just the margin of 2 %. Of 400 gates 20 may flag
  // by chance; 34 or more would come once in a thousand.
  @Test
  void gates_slowerByTheMargin_areFlaggedNoMoreOftenThanAlpha() throws Exception {
    int flagged = 0;
    for (int i = 0; i < 400; i++) {
      flagged += run(1.02, 0.01).count(Verdict.REGRESSED) > 0 ? 1 : 0;
    }
    assertThat(flagged).isLessThan(34);
  }

  @Test
  void gates_ofIdenticalSides_areNotFlagged() throws Exception {
    int pairs = 0;
    for (int i = 0; i < 200; i++) {
      Comparison comparison = run(1, 0.01);
      assertThat(comparison.count(Verdict.REGRESSED) + comparison.count(Verdict.IMPROVED)).isZero();
      pairs += measured;
    }
    // hardly more than the six of the screening
    assertThat(pairs / 200.0).isLessThan(6.5);
  }

  @Test
  void gates_fivePercentSlower_areFoundAndSoon() throws Exception {
    int found = 0;
    int pairs = 0;
    for (int i = 0; i < 200; i++) {
      found += run(1.05, 0.01).count(Verdict.REGRESSED) == 5 ? 1 : 0;
      pairs += measured;
    }
    assertThat(found).isGreaterThan(190);
    assertThat(pairs / 200.0).isLessThan(15);
  }
}
