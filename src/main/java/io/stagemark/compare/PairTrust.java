package io.stagemark.compare;

import static java.util.Locale.ROOT;

import io.stagemark.data.Stage;
import io.stagemark.result.comparison.SharedCore;
import io.stagemark.stats.JudgedPercentile;
import io.stagemark.stats.SignFlip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The machine's state as the pairs show it: whether pairing helped, and the steal. */
final class PairTrust {
  private static final int MIN_UNITS = 3;

  /** Over 21 pairs of a gate with equal sides the mean difference was 0.05 at most, 40 gates. */
  private static final double UNEVEN = 0.1;

  /** Over six pairs on a machine with neighbours it was 0.2 by chance: all have to agree. */
  private static final double BY_CHANCE = 0.02;

  private PairTrust() {}

  /** Returns a line each, of the pairs that decided. */
  static List<String> of(List<LivePairs.Pair> pairs) {
    List<String> lines = new ArrayList<>();
    double r =
        correlation(
            logs(pairs.stream().map(LivePairs.Pair::baseline).toList()),
            logs(pairs.stream().map(LivePairs.Pair::candidate).toList()));
    if (Double.isFinite(r)) {
      lines.add(
          String.format(
              ROOT,
              "pair correlation of the total's p50: %.2f (near 1, what the machine did met both"
                  + " sides alike)",
              r));
    }
    double[] steal =
        pairs.stream().flatMapToDouble(p -> p.record().stealShare().stream()).toArray();
    if (steal.length > 0) {
      lines.add(
          String.format(
              ROOT,
              "stolen by the hypervisor while pairs took turns: %.1f %% on average, %.1f %% at"
                  + " worst",
              DoubleStream.of(steal).average().orElseThrow() * 100,
              DoubleStream.of(steal).max().orElseThrow() * 100));
    }
    pairs.stream()
        .flatMap(p -> p.record().placement().stream())
        .distinct()
        .map(text -> "placement: " + text)
        .forEach(lines::add);
    List<SharedCore> shared =
        pairs.stream().flatMap(p -> p.record().sharedCore().stream()).toList();
    if (!shared.isEmpty()) {
      lines.add(
          String.format(
              ROOT,
              "met a core that another shared: %.1f %% of the baseline's batches, %.1f %% of the"
                  + " candidate's; left out in %d of %d pairs",
              mean(shared, SharedCore::baseline) * 100,
              mean(shared, SharedCore::candidate) * 100,
              shared.stream().filter(SharedCore::leftOut).count(),
              pairs.size()));
    }
    return lines;
  }

  /** Returns what to say where one side's batches were left out far more often; empty if not. */
  static Optional<String> unevenlyShared(List<LivePairs.Pair> pairs) {
    List<SharedCore> left =
        pairs.stream()
            .flatMap(p -> p.record().sharedCore().stream())
            .filter(SharedCore::leftOut)
            .toList();
    double baseline = mean(left, SharedCore::baseline);
    double candidate = mean(left, SharedCore::candidate);
    double[] more =
        left.stream()
            .mapToDouble(s -> (s.candidate() - s.baseline()) * Math.signum(candidate - baseline))
            .toArray();
    return Math.abs(candidate - baseline) <= UNEVEN || SignFlip.pGreater(more) > BY_CHANCE
        ? Optional.empty()
        : Optional.of(
            String.format(
                ROOT,
                "%.0f %% of the baseline's batches met a shared core and %.0f %% of the"
                    + " candidate's: one side may share it with itself",
                baseline * 100,
                candidate * 100));
  }

  private static double mean(List<SharedCore> all, ToDoubleFunction<SharedCore> share) {
    return all.stream().mapToDouble(share).average().orElse(0);
  }

  private static double[] logs(List<Map<Stage, long[]>> units) {
    return StageQuantiles.tooFew(units, Stage.TOTAL, JudgedPercentile.MEDIAN).isPresent()
        ? new double[0]
        : Arrays.stream(new StageQuantiles().of(units, Stage.TOTAL, JudgedPercentile.MEDIAN))
            .map(Evidence::log)
            .toArray();
  }

  /** Pearson's; NaN where one of the two does not vary. */
  static double correlation(double[] a, double[] b) {
    if (a.length != b.length || a.length < MIN_UNITS) {
      return Double.NaN;
    }
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }
}
