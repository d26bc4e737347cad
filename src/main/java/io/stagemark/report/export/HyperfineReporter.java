package io.stagemark.report.export;

import static java.util.Locale.ROOT;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.output.OutputTree;
import io.stagemark.report.ExportReporter;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.Rendering;
import io.stagemark.result.Circumstances;
import io.stagemark.result.Resources;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialLoad;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.stats.Distribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code hyperfine.json}: what {@code hyperfine --export-json} writes, for its scripts and those
 * that read them. A command is a case, a run of it one batch, its time the total in seconds. {@code
 * user} is the processor time of a batch, user and system together, of all threads; {@code system}
 * is 0. {@code exit_codes} and {@code memory_usage_byte} have one entry a trial.
 */
public final class HyperfineReporter implements ExportReporter {
  private static final String FILE = "hyperfine.json";
  private static final double NANOS_IN_A_SECOND = 1e9;

  @Override
  public String name() {
    return "hyperfine-json";
  }

  @Override
  public Rendering render(RunResult result, OutputTree folder, InvalidCases invalid)
      throws IOException, BadInputException {
    ExportedRun run = ExportedRun.of(result, invalid);
    List<Map<String, Object>> results = new ArrayList<>();
    Notes notes = new Notes();
    for (ExportedCase one : run.cases()) {
      Distribution total = one.times().get(Stage.TOTAL.label());
      if (total == null || total.quantile(50).nanos().isEmpty()) {
        String reason =
            total == null ? "no total" : "no median: " + total.quantile(50).reason(total.count());
        notes.add("left out, " + reason, one.name().path());
        continue;
      }
      TotalTimes times = TotalTimes.of(folder.path(), one);
      times.note().ifPresent(note -> notes.add(note, one.name().path()));
      results.add(entry(one, total, times));
    }
    folder.write(FILE, ResultFiles.text(Map.of("results", results)) + "\n");
    return run.rendering(name(), List.of(FILE), notes);
  }

  private static Map<String, Object> entry(ExportedCase one, Distribution total, TotalTimes times) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("command", one.name().path());
    entry.put("mean", seconds(total.meanNanos()));
    if (total.count() > 1) {
      entry.put("stddev", seconds(total.standardDeviationNanos()));
    }
    entry.put("median", seconds((double) total.quantile(50).nanos().orElseThrow()));
    processorSeconds(one)
        .ifPresent(
            user -> {
              entry.put("user", PlainNumber.rounded(user));
              entry.put("system", 0);
            });
    entry.put("min", seconds((double) total.minNanos()));
    entry.put("max", seconds((double) total.maxNanos()));
    if (times.seconds().length > 0) {
      entry.put("times", times.seconds());
    }
    List<Long> memory =
        one.trials().stream()
            .flatMap(trial -> trial.circumstances().flatMap(Circumstances::resources).stream())
            .map(Resources::peakRssBytes)
            .filter(OptionalLong::isPresent)
            .map(OptionalLong::getAsLong)
            .toList();
    if (memory.size() == one.trials().size()) {
      entry.put("memory_usage_byte", memory);
    }
    entry.put("exit_codes", one.trials().stream().map(trial -> 0).toList()); // all are good ones
    entry.put("parameters", parameters(one, total));
    return entry;
  }

  private static Object seconds(double nanos) {
    return PlainNumber.rounded(nanos / NANOS_IN_A_SECOND);
  }

  /** Returns the processor time of a batch in seconds; empty where a trial does not have it. */
  private static Optional<Double> processorSeconds(ExportedCase one) {
    long nanos = 0;
    long batches = 0;
    for (Measured trial : one.trials()) {
      Optional<TrialLoad> during = trial.circumstances().flatMap(Circumstances::during);
      if (during.isEmpty()) {
        return Optional.empty();
      }
      nanos += during.get().cpuNanos();
      batches += trial.window().batches();
    }
    return batches == 0 ? Optional.empty() : Optional.of(nanos / NANOS_IN_A_SECOND / batches);
  }

  /** Text, as hyperfine's are: its scripts turn them into numbers themselves. */
  private static Map<String, String> parameters(ExportedCase one, Distribution total) {
    Map<String, String> parameters = new LinkedHashMap<>(one.name().labels());
    parameters.put("n", String.valueOf(total.count()));
    one.valid().ifPresent(valid -> parameters.put("valid", valid.toString().toLowerCase(ROOT)));
    return parameters;
  }
}
