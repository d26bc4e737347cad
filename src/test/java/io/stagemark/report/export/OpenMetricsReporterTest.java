package io.stagemark.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.InvalidCases;
import io.stagemark.report.export.ExportRuns.Export;
import io.stagemark.report.export.OpenMetricsText.Sample;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.RecordTexts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenMetricsReporterTest {
  @TempDir Path folder;

  private List<Sample> samples(RunResult run, InvalidCases invalid) throws Exception {
    return OpenMetricsText.read(
        ExportRuns.export(new OpenMetricsReporter(), run, invalid, folder).text());
  }

  private static double of(List<Sample> samples, String name, String... labels) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      map.put(labels[i], labels[i + 1]);
    }
    return OpenMetricsText.value(samples, name, map);
  }

  // Forward takes 1 to 100 and 1 to 110 ms: 25 times up to 25 ms in each trial; 100 ms is a bound.
  @Test
  void histogram_goodCase_countsEveryBatchOfItsTrials() throws Exception {
    List<Sample> samples =
        samples(ExportRuns.run(ExportRuns.good("net", "fine")), InvalidCases.LEFT_OUT);
    String name = "stagemark_stage_seconds";
    assertThat(of(samples, name + "_bucket", "stage", "forward", "le", "0.025")).isEqualTo(50);
    assertThat(of(samples, name + "_bucket", "stage", "forward", "le", "0.1")).isEqualTo(200);
    assertThat(of(samples, name + "_bucket", "stage", "forward", "le", "0.16")).isEqualTo(210);
    assertThat(of(samples, name + "_count", "stage", "forward")).isEqualTo(210);
    assertThat(of(samples, name + "_sum", "stage", "forward")).isEqualTo(11.155); // 5050 + 6105 ms
    assertThat(of(samples, name + "_bucket", "stage", "decode", "le", "0.001")).isEqualTo(210);
    assertThat(of(samples, name + "_bucket", "stage", "decode", "le", "0.00063")).isZero();
    assertThat(
            samples.stream()
                .filter(s -> s.name().equals(name + "_bucket"))
                .filter(s -> "total".equals(s.labels().get("stage"))))
        .hasSize(37)
        .extracting(s -> s.labels().get("le"))
        .startsWith("0.00001", "0.000016", "0.000025", "0.00004", "0.000063", "0.0001")
        .endsWith("40.0", "63.0", "100.0", "+Inf");
  }

  @Test
  void gauges_goodCase_haveWhatAHistogramCannotSay() throws Exception {
    List<Sample> samples =
        samples(ExportRuns.run(ExportRuns.good("net", "fine")), InvalidCases.LEFT_OUT);
    String name = "stagemark_stage_percentile";
    assertThat(of(samples, name + "_seconds", "stage", "forward", "percentile", "50"))
        .isEqualTo(0.053);
    assertThat(of(samples, name + "_lower_seconds", "stage", "forward", "percentile", "50"))
        .isLessThan(0.053);
    assertThat(of(samples, name + "_upper_seconds", "stage", "forward", "percentile", "50"))
        .isGreaterThan(0.053);
    assertThat(samples).noneMatch(s -> "99".equals(s.labels().get("percentile")));
    assertThat(of(samples, "stagemark_stage_batches", "stage", "gap")).isEqualTo(210);
    assertThat(
            of(
                samples,
                "stagemark_fps",
                "model",
                "net",
                "engine",
                "fine",
                "device",
                "cpu",
                "threads",
                "2",
                "batch",
                "4",
                "scenario",
                "single-stream",
                "streams",
                "1"))
        .isEqualTo(80);
    assertThat(of(samples, "stagemark_score", "name", "coco-ap")).isEqualTo(0.5);
    assertThat(samples).noneMatch(s -> "coco-ap-small".equals(s.labels().get("name"))); // NaN
    assertThat(of(samples, "stagemark_peak_rss_bytes")).isEqualTo(612L << 20);
    assertThat(
            of(
                samples,
                "stagemark_run_info",
                "run",
                "sample",
                "machine",
                "0123456789ab",
                "commit",
                "12".repeat(20)))
        .isEqualTo(1);
  }

  @Test
  void valid_everyCase_isThereEvenWhereItsFiguresAreNot() throws Exception {
    List<Sample> samples = samples(ExportRuns.mixed(), InvalidCases.LEFT_OUT);
    assertThat(of(samples, "stagemark_valid", "engine", "fine")).isEqualTo(1);
    assertThat(of(samples, "stagemark_valid", "engine", "wrong")).isZero();
    assertThat(of(samples, "stagemark_valid", "engine", "dead")).isZero();
    assertThat(samples.stream().filter(s -> "wrong".equals(s.labels().get("engine")))).hasSize(1);
    assertThat(samples(ExportRuns.mixed(), InvalidCases.INCLUDED))
        .anyMatch(
            s -> s.name().equals("stagemark_fps") && "wrong".equals(s.labels().get("engine")));
  }

  @Test
  void info_hostileTexts_areEscaped() throws Exception {
    RunResult run = ExportRuns.run(ExportRuns.good("net", "fine"));
    RunResult hostile = RecordTexts.map(run, text -> text.equals("sample") ? "a\\b\"c\nd" : text);
    List<Sample> samples = samples(hostile, InvalidCases.LEFT_OUT);
    assertThat(samples.get(0).labels()).containsEntry("run", "a\\\\b\\\"c\\\\nd");
  }

  @Test
  void histogram_samplesNotThere_isLeftOutAndSaid() throws Exception {
    Export made =
        ExportRuns.exportWithoutSamples(
            new OpenMetricsReporter(),
            ExportRuns.run(ExportRuns.good("net", "fine")),
            InvalidCases.LEFT_OUT,
            folder);
    assertThat(made.rendering().console())
        .contains("no histograms, samples are not in the folder: net/fine/cpu/t2/b4");
    List<Sample> samples = OpenMetricsText.read(made.text());
    assertThat(samples).noneMatch(s -> s.name().startsWith("stagemark_stage_seconds"));
    assertThat(of(samples, "stagemark_stage_batches", "stage", "total")).isEqualTo(210);
  }

  // On both sides of the first, an inner and the last bound.
  @Test
  void buckets_timeAtABound_isInItsBucket() {
    TimeBuckets buckets = new TimeBuckets();
    for (long bound : new long[] {10_000, 1_000_000, 100_000_000_000L}) {
      buckets.add(bound - 1);
      buckets.add(bound);
      buckets.add(bound + 1);
    }
    MetricText text = new MetricText();
    text.family("h_seconds", "histogram", "seconds", "");
    buckets.write(text, "h_seconds", Map.of("a", "b"));
    List<Sample> samples = OpenMetricsText.read(text.toString());
    assertThat(of(samples, "h_seconds_bucket", "le", "0.00001")).isEqualTo(2);
    assertThat(of(samples, "h_seconds_bucket", "le", "0.000016")).isEqualTo(3);
    assertThat(of(samples, "h_seconds_bucket", "le", "0.001")).isEqualTo(5);
    assertThat(of(samples, "h_seconds_bucket", "le", "100.0")).isEqualTo(8);
    assertThat(of(samples, "h_seconds_bucket", "le", "+Inf")).isEqualTo(9);
  }
}
