package io.stagemark.report.html;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.report.chart.Envelope;
import io.stagemark.report.chart.SeriesChart.Range;
import io.stagemark.result.CaseResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.file.StoredSamples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page shows of the raw samples. One trial's are in memory at a time: of a large run, the
 * columns alone stay.
 *
 * @param byCase of each case, in order; without stretches where no samples are stored
 * @param columns most columns of a trial
 */
record StoredSeries(List<OfCase> byCase, int columns) {
  /** Columns of all trials together, which keep the page below 3 MB. */
  private static final int ALL_COLUMNS = 10_000;

  private static final int MAX_COLUMNS = 860;
  private static final int MIN_COLUMNS = 40;

  /** Columns of a trial on a narrow screen. */
  private static final int NARROW_COLUMNS = 160;

  /** Percents of the curve in the tail; the percentiles of the result are given apart. */
  private static final double[] CURVE = {
    0.5, 1, 2.5, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 82.5, 85, 87.5, 90,
    91, 92, 93, 94, 95, 96, 97, 97.5, 98, 98.5, 99, 99.2, 99.4, 99.6, 99.8, 99.9, 99.95, 99.99
  };

  /**
   * The samples of a case.
   *
   * @param trials those whose samples are stored
   * @param tail time in ms by percent, of all trials together, as far as there are samples for it;
   *     empty for a case whose curve is not drawn
   */
  record OfCase(List<OfTrial> trials, Map<Double, Double> tail) {}

  /**
   * The samples of a trial.
   *
   * @param index of the trial, from 1
   * @param values its total times, in nanoseconds
   * @param coarse the same for a narrow screen
   * @param warmup times of a batch along the warm-up before it, in nanoseconds; empty where they
   *     are not stored
   * @param changes batches at which the level changes
   * @param events neighbouring batches that a cause touched, by its bit
   * @param touched how many batches it touched, by its bit
   */
  record OfTrial(
      int index,
      Envelope values,
      Envelope coarse,
      Optional<Envelope> warmup,
      List<Integer> changes,
      Map<Long, List<Range>> events,
      Map<Long, Integer> touched) {}

  static StoredSeries read(RunView run) throws IOException, BadInputException {
    long trials = run.raw().cases().stream().mapToLong(one -> one.trials().size()).sum();
    int columns =
        (int) Math.max(MIN_COLUMNS, Math.min(MAX_COLUMNS, ALL_COLUMNS / Math.max(1, trials)));
    List<OfCase> all = new ArrayList<>();
    List<Integer> curves = TailSection.shown(run);
    for (int i = 0; i < run.raw().cases().size(); i++) {
      all.add(ofCase(run, run.raw().cases().get(i), columns, curves.contains(i)));
    }
    return new StoredSeries(all, columns);
  }

  private static OfCase ofCase(RunView run, CaseResult one, int columns, boolean curve)
      throws IOException, BadInputException {
    List<OfTrial> trials = new ArrayList<>();
    List<long[]> pooled = new ArrayList<>();
    for (TrialResult trial : one.trials()) {
      if (trial.measured().isEmpty()) {
        continue;
      }
      TrialResult.Measured measured = trial.measured().get();
      Optional<StoredSamples> samples = StoredSamples.read(run.folder(), measured.samples());
      if (samples.isPresent()) {
        long[] total = samples.get().nanos(Stage.TOTAL);
        if (curve) {
          pooled.add(total);
        }
        trials.add(ofTrial(trial.index(), measured, total, samples.get(), columns));
      }
    }
    return new OfCase(trials, tail(pooled));
  }

  private static OfTrial ofTrial(
      int index, TrialResult.Measured measured, long[] total, StoredSamples samples, int columns) {
    Map<Long, List<Range>> events = new LinkedHashMap<>();
    Map<Long, Integer> touched = new LinkedHashMap<>();
    long[] bits = samples.causeBits().orElse(new long[0]);
    for (long bit = 1; bit <= 64; bit *= 2) {
      int count = count(bits, bit);
      if (count > 0) {
        touched.put(bit, count);
        events.put(bit, ranges(bits, bit, Math.max(1, bits.length / columns)));
      }
    }
    Envelope values = Envelope.of(total, columns);
    return new OfTrial(
        index,
        values,
        columns > NARROW_COLUMNS ? Envelope.of(total, NARROW_COLUMNS) : values,
        warmup(measured, total.length, columns),
        measured.proof().map(proof -> proof.steadiness().changes()).orElse(List.of()).stream()
            .filter(change -> change > 0 && change < total.length)
            .toList(),
        events,
        touched);
  }

  /** Returns the warm-up's course, no longer than a third of the trial on the page. */
  private static Optional<Envelope> warmup(
      TrialResult.Measured measured, int batches, int columns) {
    long[] course =
        measured.preparation().warmupCourseNanos().stream().mapToLong(nanos -> nanos).toArray();
    int most = Math.min(columns / 3, Math.max(1, batches / 3));
    if (course.length == 0 || columns < NARROW_COLUMNS) {
      return Optional.empty();
    }
    return Optional.of(Envelope.of(course.length <= most ? course : means(course, most), most));
  }

  private static long[] means(long[] course, int most) {
    long[] means = new long[most];
    for (int i = 0; i < most; i++) {
      int from = (int) ((long) i * course.length / most);
      int to = (int) ((i + 1L) * course.length / most);
      means[i] = Math.round(Arrays.stream(course, from, to).average().orElseThrow());
    }
    return means;
  }

  private static int count(long[] bits, long bit) {
    int count = 0;
    for (long each : bits) {
      count += (each & bit) != 0 ? 1 : 0;
    }
    return count;
  }

  /** Returns touched batches; those that are within a column of each other are one range. */
  private static List<Range> ranges(long[] bits, long bit, int column) {
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < bits.length; i++) {
      if ((bits[i] & bit) != 0) {
        int last = ranges.size() - 1;
        if (last >= 0 && i - ranges.get(last).to() < column) {
          ranges.set(last, new Range(ranges.get(last).from(), i + 1));
        } else {
          ranges.add(new Range(i, i + 1));
        }
      }
    }
    return ranges;
  }

  /** Returns the quantiles of all trials together; those with too few samples are left out. */
  private static Map<Double, Double> tail(List<long[]> trials) {
    Map<Double, Double> tail = new LinkedHashMap<>();
    long[] all = trials.stream().flatMapToLong(Arrays::stream).toArray();
    Arrays.sort(all);
    if (all.length == 0) {
      return tail;
    }
    tail.put(0.0, all[0] / 1e6);
    for (double percent : CURVE) {
      // a sample above it, at least: the rest is the largest alone
      if (all.length * (100 - percent) >= 100) {
        int rank = (int) Math.ceil(percent * all.length / 100 - 1e-9);
        tail.put(percent, all[Math.max(1, rank) - 1] / 1e6);
      }
    }
    return tail;
  }

  /** Returns whether every batch of every trial is drawn by itself. */
  boolean whole() {
    return byCase.stream().flatMap(one -> one.trials().stream()).allMatch(t -> t.values().whole());
  }
}
