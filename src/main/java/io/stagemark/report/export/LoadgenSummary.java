package io.stagemark.report.export;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.data.Stage;
import io.stagemark.result.CaseProof;
import io.stagemark.result.Circumstances;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.TrialLoad;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.Validity;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Quantile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The summary of one case. A query is a batch. The lines and their order are LoadGen's; a
 * percentile with too few batches has no line, and what it needs is a recommendation.
 *
 * @param one the case
 * @param config of the run, as a tree
 */
record LoadgenSummary(ExportedCase one, Map<String, Object> config) {
  private static final String RULE = "================================================\n";
  private static final String SERVER = "Server";
  private static final Map<String, String> SCENARIOS =
      Map.of(
          "single-stream", "SingleStream",
          "multi-stream", "MultiStream",
          "offline", "Offline",
          "server", SERVER,
          "server-search", SERVER);

  static String title() {
    return RULE + "LoadGen-style summary: not an MLPerf result\n" + RULE;
  }

  String text() {
    String scenario =
        SCENARIOS.getOrDefault(one.name().scenario(), one.name().scenario() + " (not LoadGen's)");
    Distribution latency = latency();
    Quantile target = latency.quantile(target(scenario));
    StringBuilder text = new StringBuilder(title());
    line(text, "SUT name : ", one.name().path());
    line(text, "Scenario : ", scenario);
    line(text, "Mode     : ", "PerformanceOnly");
    headline(text, scenario, target);
    verdict(text, target, latency);
    text.append('\n').append(RULE).append("Additional Stats\n").append(RULE);
    rates(text, scenario, latency);
    line(text, "Min latency (ns)                : ", String.valueOf(latency.minNanos()));
    line(text, "Max latency (ns)                : ", String.valueOf(latency.maxNanos()));
    line(text, "Mean latency (ns)               : ", whole(latency.meanNanos()));
    for (Quantile quantile : latency.quantiles()) {
      quantile
          .nanos()
          .ifPresent(
              nanos ->
                  line(
                      text,
                      String.format(ROOT, "%.2f percentile latency (ns)   : ", quantile.percent()),
                      String.valueOf(nanos)));
    }
    parameters(text);
    return text.toString();
  }

  /** From when a batch was due, where batches were; else the total. */
  private Distribution latency() {
    Map<String, Distribution> times = one.times();
    Distribution fallback = times.values().iterator().next();
    return times.getOrDefault("latency", times.getOrDefault(Stage.TOTAL.label(), fallback));
  }

  private static double target(String scenario) {
    return scenario.equals("SingleStream") ? 90 : 99;
  }

  private void headline(StringBuilder text, String scenario, Quantile target) {
    if (scenario.equals(SERVER)) {
      offered().ifPresent(rate -> line(text, "Scheduled samples per second : ", decimal(rate)));
    } else if (scenario.equals("Offline")) {
      one.result()
          .timed()
          .framesPerSecond()
          .ifPresent(fps -> line(text, "Samples per second: ", decimal(fps)));
    } else if (target.nanos().isPresent()) {
      line(
          text,
          String.format(ROOT, "%.1fth percentile latency (ns) : ", target.percent()),
          String.valueOf(target.nanos().getAsLong()));
    }
  }

  private Optional<Double> offered() {
    return applied()
        .flatMap(LoadFigures.Applied::offeredPerSecond)
        .map(rate -> rate * one.name().batch());
  }

  private Optional<LoadFigures.Applied> applied() {
    return one.result().timed().load().map(LoadFigures::applied);
  }

  private void verdict(StringBuilder text, Quantile target, Distribution latency) {
    one.valid().ifPresent(valid -> line(text, "Result is : ", valid ? "VALID" : "INVALID"));
    one.result()
        .timed()
        .load()
        .flatMap(LoadFigures::bound)
        .ifPresent(
            bound ->
                line(
                    text,
                    "  Performance constraints satisfied : ",
                    yes(bound.highestPerSecond().isPresent())));
    line(text, "  Min duration satisfied : ", satisfied("minSeconds", this::lasts));
    line(text, "  Min queries satisfied : ", satisfied("minBatches", this::hasBatches));
    boolean enough = target.nanos().isPresent();
    line(text, "  Early stopping satisfied: ", yes(enough));
    List<Validity.Reason> reasons =
        one.result().proof().map(CaseProof::validity).map(Validity::reasons).orElse(List.of());
    if (!reasons.isEmpty() || !enough) {
      text.append("Recommendations:\n");
    }
    for (Validity.Reason reason : reasons) {
      line(text, " * ", PlainText.line(reason.found() + ": " + reason.recommendation()));
    }
    if (!enough) {
      line(text, " * ", target.label() + " " + target.reason(latency.count()));
    }
  }

  /** What a trial had to reach by the config. */
  private interface Reached {
    boolean by(Measured trial, double least);
  }

  /** Returns LoadGen's word for what was not to be checked where the config does not say. */
  private String satisfied(String key, Reached reached) {
    return config.get("measure") instanceof Map<?, ?> measure
            && measure.get(key) instanceof Number least
        ? yes(one.trials().stream().allMatch(trial -> reached.by(trial, least.doubleValue())))
        : "Skipped";
  }

  private boolean hasBatches(Measured trial, double least) {
    return trial.window().batches() >= least;
  }

  private boolean lasts(Measured trial, double least) {
    long nanos =
        trial
            .circumstances()
            .flatMap(Circumstances::during)
            .map(TrialLoad::wallNanos)
            .orElse(trial.window().wallNanos());
    return nanos / 1e9 >= least;
  }

  private static String yes(boolean satisfied) {
    return satisfied ? "Yes" : "NO";
  }

  private void rates(StringBuilder text, String scenario, Distribution latency) {
    Optional<Double> completed = applied().map(LoadFigures.Applied::completedPerSecond);
    if (scenario.equals("SingleStream")) {
      completed.ifPresent(rate -> line(text, "QPS w/ loadgen overhead         : ", decimal(rate)));
      line(text, "QPS w/o loadgen overhead        : ", decimal(1e9 / latency.meanNanos()));
      text.append('\n');
    } else if (scenario.equals(SERVER)) {
      completed.ifPresent(
          rate ->
              line(text, "Completed samples per second    : ", decimal(rate * one.name().batch())));
      text.append('\n');
    } else if (scenario.equals("MultiStream")) {
      text.append("Per-query latency:  \n");
    }
  }

  private void parameters(StringBuilder text) {
    text.append('\n').append(RULE).append("Test Parameters Used\n").append(RULE);
    line(text, "samples_per_query : ", String.valueOf(one.name().batch()));
    line(text, "streams : ", String.valueOf(one.streams()));
    line(text, "trials : ", String.valueOf(one.trials().size()));
    long batches = one.trials().stream().mapToLong(trial -> trial.window().batches()).sum();
    line(text, "query_count : ", String.valueOf(batches));
    one.result()
        .timed()
        .load()
        .flatMap(LoadFigures::bound)
        .ifPresent(bound -> line(text, "target_latency (ns): ", whole(bound.millis() * 1e6)));
    line(text, "note : ", "a query is a batch; VALID is Stagemark's verdict, not LoadGen's");
  }

  private static String decimal(double value) {
    return String.format(ROOT, "%.2f", value);
  }

  private static String whole(double value) {
    return String.valueOf(Math.round(value));
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(value).append('\n');
  }
}
