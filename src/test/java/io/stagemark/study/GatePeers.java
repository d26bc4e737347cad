package io.stagemark.study;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ComparisonFile;
import io.stagemark.result.comparison.MeasuredPairs;
import io.stagemark.result.comparison.PairRecord;
import io.stagemark.trial.sample.SampleFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What other procedures say of the very samples that a gate has kept: "slower", a stage each. */
final class GatePeers {
  private static final double ALPHA = 0.05;

  private GatePeers() {}

  /** A procedure that is compared with the gate; each is one-sided and corrects for nothing. */
  enum Peer {
    RATIO_2("mean ratio > 2.0") {
      @Override
      boolean slower(List<long[]> baseline, List<long[]> candidate) {
        return ratio(baseline, candidate) > 2.0;
      }
    },
    RATIO_1_1("mean ratio > 1.1") {
      @Override
      boolean slower(List<long[]> baseline, List<long[]> candidate) {
        return ratio(baseline, candidate) > 1.1;
      }
    },
    WELCH("Welch's t, JVM means") {
      @Override
      boolean slower(List<long[]> baseline, List<long[]> candidate) {
        return TwoSamples.welch(means(baseline), means(candidate)) < ALPHA;
      }
    },
    U_POOLED("U test, pooled iterations") {
      @Override
      boolean slower(List<long[]> baseline, List<long[]> candidate) {
        return TwoSamples.mannWhitney(pooled(baseline), pooled(candidate)) < ALPHA;
      }
    };

    private final String label;

    Peer(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    /**
     * Returns whether the candidate is called slower.
     *
     * @param baseline times of one stage, in nanoseconds, an array a JVM
     * @param candidate likewise
     */
    abstract boolean slower(List<long[]> baseline, List<long[]> candidate);
  }

  /** Returns the stages that each procedure calls slower, from the samples of all pairs. */
  static Map<Peer, Set<Stage>> flagged(Path folder, Comparison gate) throws BadInputException {
    List<Map<Stage, long[]>> baseline = new ArrayList<>();
    List<Map<Stage, long[]>> candidate = new ArrayList<>();
    MeasuredPairs pairs = gate.pairs().orElse(new MeasuredPairs(List.of(), List.of()));
    for (PairRecord pair :
        Stream.concat(pairs.screening().stream(), pairs.confirming().stream()).toList()) {
      baseline.add(SampleFile.read(folder.resolve(pair.baseline())));
      candidate.add(SampleFile.read(folder.resolve(pair.candidate())));
    }
    Map<Peer, Set<Stage>> flagged = new EnumMap<>(Peer.class);
    for (Peer peer : Peer.values()) {
      flagged.put(
          peer,
          Stream.of(Stage.values())
              .filter(stage -> !baseline.isEmpty())
              .filter(stage -> peer.slower(of(baseline, stage), of(candidate, stage)))
              .collect(Collectors.toSet()));
    }
    return flagged;
  }

  /** Returns where a gate keeps its comparison. */
  static Path comparison(Path folder) {
    return folder.resolve(ComparisonFile.NAME);
  }

  private static List<long[]> of(List<Map<Stage, long[]>> jvms, Stage stage) {
    return jvms.stream().map(times -> times.getOrDefault(stage, new long[0])).toList();
  }

  private static double ratio(List<long[]> baseline, List<long[]> candidate) {
    return mean(pooled(candidate)) / mean(pooled(baseline));
  }

  private static double[] means(List<long[]> jvms) {
    return jvms.stream().mapToDouble(jvm -> mean(pooled(List.of(jvm)))).toArray();
  }

  private static double[] pooled(List<long[]> jvms) {
    return jvms.stream()
        .flatMapToLong(Arrays::stream)
        .mapToDouble(nanos -> (double) nanos)
        .toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
