package io.stagemark.compare;

import io.stagemark.config.gate.GateConfigs;
import io.stagemark.data.Score;
import io.stagemark.data.Stage;
import io.stagemark.result.Footprint;
import io.stagemark.result.Operations;
import io.stagemark.result.comparison.Change;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.PairFootprints;
import io.stagemark.result.comparison.PairRecord;
import io.stagemark.result.comparison.SharedCore;
import io.stagemark.result.comparison.Side;
import io.stagemark.result.comparison.SpeedResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;

/** A gate on made-up pairs: preprocess 200 µs, forward 800 µs. */
abstract class MadeUpGate {
  static final Side SIDE = new Side("side", "here", "2026-01-02T03:04:05Z", "2", "JDK");

  static final Optional<Operations> OPERATIONS =
      Optional.of(new Operations("net.onnx", 100, 200, 30, Map.of(), Optional.empty()));

  final SplittableRandom random = new SplittableRandom(11);
  final List<String> heard = new ArrayList<>();
  List<Change> changes = List.of(new Change("engine", "onnxruntime", "pytorch"));
  int measured;
  int controls;
  double candidateShared = 0.12;
  double noise = 0.004;
  int nanInPair;
  double candidateMemory = 1;
  double candidateAllocation = 4096;

  @TempDir Path folder;

  Map<Stage, long[]> times(double level, double preprocess, double forward) {
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
  LivePairs pairs(double preprocess, double forward, double control) {
    return wanted -> {
      measured++;
      controls += wanted ? 1 : 0;
      double level = 1 + 0.2 * random.nextDouble();
      return new LivePairs.Pair(
          times(level, 1, 1),
          times(level * (1 + noise * (random.nextDouble() - 0.5)), preprocess, forward),
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
  Footprint footprint(double mebibytes, double allocated) {
    double bytes = mebibytes * (1 << 20) * (1 + 0.01 * random.nextDouble());
    return new Footprint(OptionalLong.of(Math.round(bytes)), allocated);
  }

  static ScoredCase scored(double loss) {
    return new ScoredCase(
        "net", List.of(new Score("focal", loss, "nat", true, 4)), List.of(), Optional.of("12ab"));
  }

  Comparison gate(LivePairs pairs) throws Exception {
    return LiveComparison.compare(
        GateConfigs.twice(Path.of("configs", "voice-activity.yaml"), folder),
        pairs,
        new LivePairs.Progress() {
          @Override
          public void pair(String phase, int done, int of, int left) {
            heard.add(phase + " " + done + "/" + of + " " + left);
          }

          @Override
          public void note(String line) {
            heard.add(line);
          }
        },
        new LiveSides(SIDE, SIDE, changes, OPERATIONS, OPERATIONS),
        "./stagemark gate gate.yaml");
  }

  static SpeedResult speed(Comparison comparison, String label) {
    return comparison.findings().speed().stream()
        .filter(s -> s.label().equals(label))
        .findFirst()
        .orElseThrow();
  }
}
