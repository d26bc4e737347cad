package io.stagemark.report.export;

import static java.util.Locale.ROOT;

import io.stagemark.data.BadInputException;
import io.stagemark.output.OutputTree;
import io.stagemark.report.ExportReporter;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.Rendering;
import io.stagemark.report.export.Figure.Bounds;
import io.stagemark.result.Environment;
import io.stagemark.result.MachineRecord;
import io.stagemark.result.RunResult;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Quantile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code metrics.prom}: text that both OpenMetrics 1.0 and Prometheus' older format
 * (node_exporter's textfile collector, the Pushgateway) read. Times are classic histograms with the
 * bounds of {@link TimeBuckets}; percentiles of the raw times, which a histogram only estimates,
 * are gauges of their own. {@code stagemark_valid} has every case, also those that are left out.
 */
public final class OpenMetricsReporter implements ExportReporter {
  private static final String FILE = "metrics.prom";
  private static final double NANOS_IN_A_SECOND = 1e9;

  @Override
  public String name() {
    return "openmetrics";
  }

  @Override
  public Rendering render(RunResult result, OutputTree folder, InvalidCases invalid)
      throws IOException, BadInputException {
    ExportedRun run = ExportedRun.of(result, invalid);
    MetricText text = new MetricText();
    info(text, result);
    validity(text, run);
    Notes notes = histograms(text, run, folder);
    quantiles(text, run);
    figures(text, run);
    folder.write(FILE, text.toString());
    return run.rendering(name(), List.of(FILE), notes);
  }

  /** A gauge: Prometheus' older format has no type for information. */
  private static void info(MetricText text, RunResult result) {
    Environment environment = result.environment();
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("run", result.name());
    labels.put("started_at", result.startedAt());
    labels.put("status", result.status().name().toLowerCase(ROOT));
    labels.put("stagemark", environment.stagemark());
    labels.put("jdk", environment.jdk());
    labels.put("cpu", environment.cpu());
    Optional<MachineRecord> machine = environment.machine();
    labels.put("machine", machine.map(MachineRecord::fingerprint).orElse(""));
    labels.put("commit", machine.flatMap(m -> m.checkout().commit()).orElse(""));
    labels.put("dataset", result.dataset().name());
    text.family("stagemark_run_info", "gauge", "", "The run that these figures are of.");
    text.sample("stagemark_run_info", labels, "1");
  }

  private static void validity(MetricText text, ExportedRun run) {
    String name = "stagemark_valid";
    text.family(
        name, "gauge", "", "Whether a case's figures may be relied on: 1 valid, 0 INVALID.");
    for (ExportedCase one : run.everyCase()) {
      one.valid().ifPresent(valid -> text.sample(name, one.name().labels(), valid ? "1" : "0"));
    }
  }

  private static Notes histograms(MetricText text, ExportedRun run, OutputTree folder)
      throws IOException, BadInputException {
    String name = "stagemark_stage_seconds";
    text.family(name, "histogram", "seconds", "Times of a batch by stage, of all good trials.");
    Notes notes = new Notes();
    for (ExportedCase one : run.cases()) {
      Optional<Map<String, TimeBuckets>> all = TimeBuckets.ofStages(folder.path(), one);
      if (all.isEmpty()) {
        notes.add("no histograms, samples are not in the folder", one.name().path());
        continue;
      }
      all.get()
          .forEach(
              (stage, buckets) -> {
                if (one.result().timed().stages().containsKey(stage) && buckets.count() > 0) {
                  buckets.write(text, name, labels(one.name(), stage));
                }
              });
    }
    return notes;
  }

  private static void quantiles(MetricText text, ExportedRun run) {
    String name = "stagemark_stage_percentile";
    text.family(
        name + "_seconds", "gauge", "seconds", "Percentiles of the raw times, nearest rank.");
    eachQuantile(run, (labels, value, bounds) -> text.sample(name + "_seconds", labels, value));
    text.family(name + "_lower_seconds", "gauge", "seconds", "Lower end of their 95 % interval.");
    eachQuantile(
        run,
        (labels, value, bounds) ->
            bounds.ifPresent(
                b -> text.sample(name + "_lower_seconds", labels, PlainNumber.of(b.lower()))));
    text.family(name + "_upper_seconds", "gauge", "seconds", "Upper end of their 95 % interval.");
    eachQuantile(
        run,
        (labels, value, bounds) ->
            bounds.ifPresent(
                b -> text.sample(name + "_upper_seconds", labels, PlainNumber.of(b.upper()))));
    text.family("stagemark_stage_batches", "gauge", "", "Batches that a stage's figures are of.");
    for (ExportedCase one : run.cases()) {
      one.times()
          .forEach(
              (stage, times) ->
                  text.sample(
                      "stagemark_stage_batches",
                      labels(one.name(), stage),
                      String.valueOf(times.count())));
    }
  }

  /** Receives a percentile, in seconds. */
  private interface QuantileVisitor {
    void quantile(Map<String, String> labels, String seconds, Optional<Bounds> bounds);
  }

  private static void eachQuantile(ExportedRun run, QuantileVisitor visitor) {
    for (ExportedCase one : run.cases()) {
      for (Map.Entry<String, Distribution> stage : one.times().entrySet()) {
        for (Quantile quantile : stage.getValue().quantiles()) {
          if (quantile.nanos().isPresent()) {
            Map<String, String> labels = labels(one.name(), stage.getKey());
            labels.put("percentile", PlainNumber.of(quantile.percent()));
            visitor.quantile(
                labels,
                PlainNumber.of(quantile.nanos().getAsLong() / NANOS_IN_A_SECOND),
                CaseFigures.quantileBounds(one, stage.getKey(), quantile)
                    .map(bounds -> bounds.scaled(1 / NANOS_IN_A_SECOND)));
          }
        }
      }
    }
  }

  private static void figures(MetricText text, ExportedRun run) {
    gauge(text, run, "stagemark_fps", "Images a second.", "fps");
    gauge(text, run, "stagemark_peak_rss_bytes", "Most physical memory of a trial.", "peak_rss");
    gauge(text, run, "stagemark_flops", "Floating-point operations per image.", "flops");
    String score = "stagemark_score";
    text.family(score, "gauge", "", "Scores of the outputs that were timed.");
    for (ExportedCase one : run.cases()) {
      for (Figure figure : CaseFigures.of(one)) {
        if (figure.stage().equals(CaseFigures.SCORE)) {
          Map<String, String> labels = one.name().labels();
          labels.put("name", SafeName.of(figure.statistic()));
          text.sample(score, labels, PlainNumber.of(figure.value()));
        }
      }
    }
  }

  private static void gauge(
      MetricText text, ExportedRun run, String name, String help, String statistic) {
    text.family(name, "gauge", name.endsWith("_bytes") ? "bytes" : "", help);
    for (ExportedCase one : run.cases()) {
      CaseFigures.of(one).stream()
          .filter(each -> each.statistic().equals(statistic))
          .filter(each -> !each.stage().equals(CaseFigures.SCORE))
          .findFirst()
          .ifPresent(
              figure -> text.sample(name, one.name().labels(), PlainNumber.of(figure.value())));
    }
  }

  private static Map<String, String> labels(CaseName name, String stage) {
    Map<String, String> labels = name.labels();
    labels.put("stage", SafeName.of(stage));
    return labels;
  }
}
