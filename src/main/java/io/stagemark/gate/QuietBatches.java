package io.stagemark.gate;

import io.stagemark.data.Stage;
import io.stagemark.machine.Interval.EventKind;
import io.stagemark.trial.sample.SampleFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves out of a pair the batches around which {@link io.stagemark.machine.SharedCoreProbe} found
 * the core shared: the probe decides, never the batch's own time, and all sides are treated alike.
 *
 * <p>Nothing is left out where a side took no probe, where the sides' levels differ by more than a
 * tenth (they are not comparable then), or where too few batches would remain to judge every
 * percentile that is judged of all of them.
 */
final class QuietBatches {
  private static final double SAME_LEVEL = 1.1;

  private final List<Side> sides;
  private final int fewest;

  /**
   * @param fewest batches of a side that must remain
   */
  QuietBatches(List<Side> sides, int fewest) {
    this.sides = List.copyOf(sides);
    this.fewest = fewest;
  }

  /**
   * The samples of one JVM.
   *
   * @param times by stage, in nanoseconds, of all its batches
   * @param bits by batch, as {@link SampleFile} has them; empty where the side's build records none
   * @param samples the file of both
   */
  record Side(Map<Stage, long[]> times, Optional<long[]> bits, BlockOutcome outcome, Path samples) {

    /** Returns the part of its batches, in [0, 1], that met a shared core. */
    double sharedShare() {
      return shared() / (double) Math.max(1, bits.orElse(new long[0]).length);
    }

    private long shared() {
      return Arrays.stream(bits.orElse(new long[0])).filter(Side::shared).count();
    }

    private static boolean shared(long bits) {
      return (bits & EventKind.SHARED_CORE.bit()) != 0;
    }

    private PairTurns.Measured judged(boolean quietOnly) {
      return new PairTurns.Measured(quietOnly ? quiet() : times, outcome, samples);
    }

    private Map<Stage, long[]> quiet() {
      long[] all = bits.orElseThrow();
      Map<Stage, long[]> kept = new EnumMap<>(Stage.class);
      times.forEach(
          (stage, nanos) -> {
            long[] rest = new long[nanos.length];
            int count = 0;
            for (int i = 0; i < nanos.length; i++) {
              if (!shared(all[i])) {
                rest[count++] = nanos[i];
              }
            }
            kept.put(stage, Arrays.copyOf(rest, count));
          });
      return kept;
    }
  }

  /** Returns whether every side took probes. */
  boolean probed() {
    return sides.stream()
        .allMatch(s -> s.bits().isPresent() && s.outcome().probeNanos().isPresent());
  }

  /** Returns whether disturbed batches are left out. */
  boolean leftOut() {
    if (!probed()) {
      return false;
    }
    double[] levels =
        sides.stream().mapToDouble(s -> s.outcome().probeNanos().orElseThrow()).sorted().toArray();
    return levels[levels.length - 1] <= SAME_LEVEL * levels[0]
        && sides.stream().allMatch(s -> s.bits().orElseThrow().length - s.shared() >= fewest);
  }

  /** Returns the times that are judged, one map for each side. */
  List<PairTurns.Measured> judged() {
    boolean quietOnly = leftOut();
    List<PairTurns.Measured> judged = new ArrayList<>();
    for (Side side : sides) {
      judged.add(side.judged(quietOnly));
    }
    return judged;
  }
}
