package io.stagemark.report.export;

import static java.util.Locale.ROOT;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.file.SampleTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The total times of a case's batches in the order of measurement, trial after trial; of more than
 * 5000, every second, third, … one, evenly over all.
 */
@SuppressWarnings("EnumOrdinal") // the columns of a sample file are the stages in their order
final class TotalTimes {
  private static final int MAX_TIMES = 5000;
  private static final double NANOS_IN_A_SECOND = 1e9;

  private final double[] times = new double[MAX_TIMES];
  private final long step;
  private final String missing;
  private long seen;
  private int kept;

  private TotalTimes(long step, String missing) {
    this.step = step;
    this.missing = missing;
  }

  /** Reads the times; there are none if a sample file is not there. */
  static TotalTimes of(Path folder, ExportedCase one) throws IOException, BadInputException {
    long batches = 0;
    for (Measured trial : one.trials()) {
      batches += trial.window().batches();
      if (SampleTimes.in(folder, trial.samples()).isEmpty()) {
        return new TotalTimes(1, "no times, samples are not in the folder");
      }
    }
    TotalTimes all = new TotalTimes(Math.max(1, (batches + MAX_TIMES - 1) / MAX_TIMES), "");
    for (Measured trial : one.trials()) {
      Optional<SampleTimes> samples = SampleTimes.in(folder, trial.samples());
      if (samples.isPresent()) {
        samples.get().forEach(row -> all.add(row[Stage.TOTAL.ordinal()]));
      }
    }
    return all;
  }

  private void add(long nanos) {
    if (seen % step == 0 && kept < MAX_TIMES) {
      times[kept++] = nanos / NANOS_IN_A_SECOND;
    }
    seen++;
  }

  /** Returns the times, in seconds. */
  double[] seconds() {
    return Arrays.copyOf(times, kept);
  }

  /** Returns what is missing of them. */
  Optional<String> note() {
    if (!missing.isEmpty()) {
      return Optional.of(missing);
    }
    return step == 1
        ? Optional.empty()
        : Optional.of(
            String.format(
                ROOT, "times has %d of %d batches, evenly; statistics are of all", kept, seen));
  }
}
