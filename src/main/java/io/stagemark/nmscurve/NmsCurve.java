package io.stagemark.nmscurve;

import io.stagemark.postprocess.nms.BoxList;
import io.stagemark.postprocess.nms.Suppression;
import io.stagemark.stats.PowerLaw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The cost of suppression against the number of candidates: median times on one thread, and the
 * exponent of the power law through them.
 *
 * @param setup what was measured
 * @param points by count, then by set of boxes
 * @param fit over the points whose candidates all entered the suppression; empty with fewer than
 *     three, or of one count only
 */
public record NmsCurve(NmsCurveSetup setup, List<CurvePoint> points, Optional<PowerLaw> fit) {
  private static final long WARMUP_NANOS = 3_000_000_000L;
  private static final long MEASURE_NANOS = 4_000_000_000L;
  private static final int MIN_ROUNDS = 5;
  private static final int MAX_ROUNDS = 2000;

  public NmsCurve {
    points = List.copyOf(points);
  }

  /**
   * One set of boxes.
   *
   * @param candidates before suppression
   * @param kept after it
   * @param runs of which the median is taken
   * @param medianNanos of one run, in nanoseconds
   */
  public record CurvePoint(int candidates, int kept, int runs, long medianNanos) {}

  /**
   * Measures in rounds, each of which runs every set of boxes once: what the machine does meanwhile
   * meets all counts alike. Rounds of the first 3 s are discarded, those of the next 4 s kept, five
   * at least. Each run works on a copy of its boxes that is made before the clock starts.
   */
  public static NmsCurve measure(NmsCurveSetup setup) {
    return measure(setup, WARMUP_NANOS, MEASURE_NANOS);
  }

  static NmsCurve measure(NmsCurveSetup setup, long warmupNanos, long measureNanos) {
    List<BoxList> sets = new ArrayList<>();
    for (int count : setup.counts()) {
      for (int set = 0; set < setup.sets(); set++) {
        sets.add(NmsBoxes.of(setup, count, 1000L + set));
      }
    }
    Rounds rounds = new Rounds(setup, sets);
    rounds.run(warmupNanos, 1);
    int count = rounds.run(measureNanos, MIN_ROUNDS);
    List<CurvePoint> points = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      long[] sorted = Arrays.stream(rounds.nanos[i], 0, count).sorted().toArray();
      points.add(
          new CurvePoint(
              sets.get(i).size(), rounds.kept[i], count, sorted[(sorted.length - 1) / 2]));
    }
    return new NmsCurve(setup, points, fit(setup, points));
  }

  /** Runs every set again and again. */
  private static final class Rounds {
    final long[][] nanos;
    final int[] kept;
    private final List<BoxList> sets;
    private final Suppression rule;
    private final BoxList work;

    Rounds(NmsCurveSetup setup, List<BoxList> sets) {
      this.sets = sets;
      this.nanos = new long[sets.size()][MAX_ROUNDS];
      this.kept = new int[sets.size()];
      this.rule = Suppression.of(setup.settings());
      this.work = new BoxList(setup.counts().get(setup.counts().size() - 1));
    }

    /** Returns how many rounds it took. */
    int run(long leastNanos, int leastRounds) {
      long start = System.nanoTime();
      int round = 0;
      while (round < MAX_ROUNDS
          && (round < leastRounds || System.nanoTime() - start < leastNanos)) {
        for (int i = 0; i < sets.size(); i++) {
          NmsBoxes.copy(sets.get(i), work);
          long before = System.nanoTime();
          kept[i] = rule.run(work);
          nanos[i][round] = System.nanoTime() - before;
        }
        round++;
      }
      return round;
    }
  }

  private static Optional<PowerLaw> fit(NmsCurveSetup setup, List<CurvePoint> points) {
    List<CurvePoint> whole =
        points.stream()
            .filter(p -> p.candidates() <= setup.preNmsTopK() && p.medianNanos() > 0)
            .toList();
    return PowerLaw.fit(
        whole.stream().mapToDouble(CurvePoint::candidates).toArray(),
        whole.stream().mapToDouble(CurvePoint::medianNanos).toArray());
  }
}
