package io.stagemark.compare;

import static java.util.Locale.ROOT;

import io.stagemark.data.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** What the pairs themselves say of the machine: whether pairing helped, and what was stolen. */
final class PairTrust {
  private static final int FEWEST = 3;

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
    return lines;
  }

  private static double[] logs(List<Map<Stage, long[]>> units) {
    boolean tooFew =
        units.size() < FEWEST
            || StageQuantiles.tooFew(units, Stage.TOTAL, StageQuantiles.MEDIAN).isPresent();
    return tooFew
        ? new double[0]
        : Arrays.stream(new StageQuantiles().of(units, Stage.TOTAL, StageQuantiles.MEDIAN))
            .map(Evidence::log)
            .toArray();
  }

  /** Pearson's; NaN where one of the two does not vary. */
  static double correlation(double[] a, double[] b) {
    if (a.length != b.length || a.length < FEWEST) {
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
