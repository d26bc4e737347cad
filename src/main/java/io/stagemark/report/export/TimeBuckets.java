package io.stagemark.report.export;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.file.SampleTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A classic histogram of times. Its bounds are five a decade (1, 1.6, 2.5, 4, 6.3) from 10 µs to
 * 100 s in every run of every machine: histograms can be added and compared only where their bounds
 * are equal. A percentile that is estimated from it may be a quarter off; the exact ones are
 * written beside it. Finer bounds would make more series of each stage than these 37.
 */
final class TimeBuckets {
  private static final double[] STEPS = {1, 1.6, 2.5, 4, 6.3};
  private static final long FIRST_NANOS = 10_000;
  private static final int DECADES = 7;
  private static final long[] BOUNDS_NANOS = bounds();
  private static final double NANOS_IN_A_SECOND = 1e9;

  /** The last has what is above every bound. */
  private final long[] counts = new long[BOUNDS_NANOS.length + 1];

  private double sumNanos;

  private static long[] bounds() {
    long[] bounds = new long[DECADES * STEPS.length + 1];
    long decade = FIRST_NANOS;
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = Math.round(decade * STEPS[i % STEPS.length]);
      decade *= i % STEPS.length == STEPS.length - 1 ? 10 : 1;
    }
    return bounds;
  }

  /** Reads the histograms of a case's stages; empty if a sample file is not there. */
  static Optional<Map<String, TimeBuckets>> ofStages(Path folder, ExportedCase one)
      throws IOException, BadInputException {
    Stage[] stages = Stage.values();
    TimeBuckets[] all = new TimeBuckets[stages.length];
    Arrays.setAll(all, i -> new TimeBuckets());
    for (Measured trial : one.trials()) {
      Optional<SampleTimes> samples = SampleTimes.in(folder, trial.samples());
      if (samples.isEmpty()) {
        return Optional.empty();
      }
      samples
          .get()
          .forEach(
              row -> {
                for (int i = 0; i < all.length; i++) {
                  all[i].add(row[i]);
                }
              });
    }
    Map<String, TimeBuckets> byStage = new LinkedHashMap<>();
    for (int i = 0; i < stages.length; i++) {
      byStage.put(stages[i].label(), all[i]);
    }
    return Optional.of(byStage);
  }

  /** Adds one time; a time that is a bound is in that bound's bucket. */
  void add(long nanos) {
    int found = Arrays.binarySearch(BOUNDS_NANOS, nanos);
    counts[found >= 0 ? found : -found - 1]++;
    sumNanos += nanos;
  }

  /** Returns how many times there are. */
  long count() {
    return Arrays.stream(counts).sum();
  }

  /** Writes the buckets, which add up, with sum and count. */
  void write(MetricText text, String name, Map<String, String> labels) {
    Map<String, String> bucket = new LinkedHashMap<>(labels);
    long below = 0;
    for (int i = 0; i < counts.length; i++) {
      below += counts[i];
      bucket.put("le", i < BOUNDS_NANOS.length ? bound(BOUNDS_NANOS[i]) : "+Inf");
      text.sample(name + "_bucket", bucket, String.valueOf(below));
    }
    text.sample(name + "_sum", labels, PlainNumber.of(sumNanos / NANOS_IN_A_SECOND));
    text.sample(name + "_count", labels, String.valueOf(below));
  }

  /** OpenMetrics writes whole numbers with a decimal. */
  private static String bound(long nanos) {
    return PlainNumber.withPoint(nanos / NANOS_IN_A_SECOND);
  }
}
