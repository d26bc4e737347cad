package io.stagemark.report.export;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.file.SampleTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The times of each stage in each trial of a case, as bins.
 *
 * @param trials for each trial, one of each {@link Stage} in their order; empty if a sample file is
 *     not there
 */
@SuppressWarnings("EnumOrdinal") // the columns of a sample file are the stages in their order
record StageHistograms(List<List<TimeBins>> trials) {
  StageHistograms {
    trials = List.copyOf(trials);
  }

  static StageHistograms of(Path folder, ExportedCase one) throws IOException, BadInputException {
    List<List<TimeBins>> trials = new ArrayList<>();
    for (Measured trial : one.trials()) {
      Optional<SampleTimes> samples = SampleTimes.in(folder, trial.samples());
      if (samples.isEmpty()) {
        return new StageHistograms(List.of());
      }
      List<TimeBins> bins = new ArrayList<>();
      for (int i = 0; i < Stage.values().length; i++) {
        bins.add(new TimeBins());
      }
      samples
          .get()
          .forEach(
              row -> {
                for (int i = 0; i < bins.size(); i++) {
                  bins.get(i).add(row[i]);
                }
              });
      trials.add(List.copyOf(bins));
    }
    return new StageHistograms(trials);
  }

  /** Returns the bins of a stage in each trial; empty for what a sample file does not have. */
  Optional<List<TimeBins>> of(String stage) {
    for (Stage each : Stage.values()) {
      if (each.label().equals(stage) && !trials.isEmpty()) {
        return Optional.of(trials.stream().map(trial -> trial.get(each.ordinal())).toList());
      }
    }
    return Optional.empty();
  }

  /** Returns what is missing. */
  Optional<String> note() {
    return trials.isEmpty()
        ? Optional.of("no histograms, samples are not in the folder")
        : Optional.empty();
  }
}
