package io.stagemark.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.export.ExportRuns.Export;
import io.stagemark.result.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads jmh.json as JMH Visualizer does (parse.js, MetricExtractor.js: class and method by dots, a
 * histogram in mode sample, else raw data) and as Bencher does (jmh.rs: unit, no secondary
 * metrics).
 */
final class JmhReporterTest {
  private static final Set<String> PERCENTILES =
      Set.of("0.0", "50.0", "90.0", "95.0", "99.0", "99.9", "100.0");

  @TempDir Path folder;

  private List<JsonNode> benchmarks(RunResult run, InvalidCases invalid) throws Exception {
    return read(ExportRuns.export(new JmhReporter(), run, invalid, folder));
  }

  private static List<JsonNode> read(Export made) throws Exception {
    JsonNode all = new ObjectMapper().readTree(made.text());
    assertThat(all.isArray()).isTrue();
    List<JsonNode> benchmarks = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode each : all) {
      check(each);
      assertThat(names.add(each.get("benchmark").asText())).isTrue();
      benchmarks.add(each);
    }
    return benchmarks;
  }

  private static void check(JsonNode one) {
    String[] name = one.get("benchmark").asText().split("\\.", -1);
    assertThat(name).hasSize(3).noneMatch(String::isEmpty);
    assertThat(name[2]).doesNotContain(" ", "="); // Visualizer takes what follows for parameters
    assertThat(one.has("params")).isFalse();
    assertThat(one.get("mode").asText()).isIn("sample", "avgt", "thrpt");
    for (String whole :
        List.of(
            "threads",
            "forks",
            "warmupIterations",
            "warmupBatchSize",
            "measurementIterations",
            "measurementBatchSize")) {
      assertThat(one.get(whole).isInt()).as(whole).isTrue();
      assertThat(one.get(whole).asInt()).as(whole).isPositive();
    }
    for (String text : List.of("jmhVersion", "jvm", "jdkVersion", "vmName", "vmVersion")) {
      assertThat(one.get(text).isTextual()).as(text).isTrue();
    }
    assertThat(one.get("warmupTime").asText()).matches("\\d+ (ns|us|ms|s|min)");
    assertThat(one.get("measurementTime").asText()).matches("\\d+ (ns|us|ms|s|min)");
    assertThat(one.get("jvmArgs")).allMatch(JsonNode::isTextual);
    assertThat(one.get("secondaryMetrics").isObject()).isTrue();
    assertThat(one.get("secondaryMetrics")).isEmpty();
    metric(one.get("mode").asText(), one.get("primaryMetric"));
  }

  private static void metric(String mode, JsonNode metric) {
    assertThat(metric.get("score").isNumber()).isTrue();
    assertThat(metric.get("scoreUnit").asText())
        .isEqualTo(mode.equals("thrpt") ? "ops/s" : "ms/op");
    JsonNode confidence = metric.get("scoreConfidence");
    assertThat(confidence).hasSize(2);
    if (metric.get("scoreError").isNumber()) {
      double score = metric.get("score").asDouble();
      assertThat(confidence.get(0).doubleValue()).isLessThanOrEqualTo(score);
      assertThat(confidence.get(1).doubleValue()).isGreaterThanOrEqualTo(score);
    } else { // as JMH writes it
      assertThat(metric.get("scoreError").textValue()).isEqualTo("NaN");
      assertThat(confidence).allMatch(end -> "NaN".equals(end.textValue()));
    }
    metric
        .get("scorePercentiles")
        .properties()
        .forEach(
            entry -> {
              assertThat(entry.getKey()).isIn(PERCENTILES);
              assertThat(entry.getValue().isNumber()).isTrue();
            });
    if (mode.equals("sample")) {
      assertThat(metric.has("rawData")).isFalse();
      for (JsonNode fork : metric.get("rawDataHistogram")) {
        for (JsonNode iteration : fork) {
          assertThat(iteration)
              .isNotEmpty()
              .allMatch(pair -> pair.size() == 2 && pair.get(0).isNumber() && pair.get(1).isInt());
        }
      }
    } else {
      assertThat(metric.has("rawDataHistogram")).isFalse();
      for (JsonNode fork : metric.get("rawData")) {
        assertThat(fork).isNotEmpty().allMatch(JsonNode::isNumber);
      }
    }
  }

  private static JsonNode named(List<JsonNode> all, String name) {
    return all.stream()
        .filter(b -> b.get("benchmark").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void times_goodCase_haveScorePercentilesAndHistograms() throws Exception {
    List<JsonNode> all =
        benchmarks(ExportRuns.run(ExportRuns.good("net", "fine")), InvalidCases.LEFT_OUT);
    JsonNode forward = named(all, "stagemark.forward.net/fine/cpu/t2/b4");
    assertThat(forward.get("mode").asText()).isEqualTo("sample");
    assertThat(forward.get("forks").asInt()).isEqualTo(2);
    assertThat(forward.get("measurementBatchSize").asInt()).isEqualTo(4);
    JsonNode metric = forward.get("primaryMetric");
    assertThat(metric.get("score").asDouble()).isEqualTo(53.119047619);
    JsonNode percentiles = metric.get("scorePercentiles");
    assertThat(percentiles.get("0.0").asDouble()).isEqualTo(1);
    assertThat(percentiles.get("50.0").asDouble()).isEqualTo(53);
    assertThat(percentiles.get("90.0").asDouble()).isEqualTo(95);
    assertThat(percentiles.get("100.0").asDouble()).isEqualTo(110);
    assertThat(percentiles.has("99.0")).isFalse(); // too few batches: absent
    JsonNode second = metric.get("rawDataHistogram").get(1).get(0);
    assertThat(second).hasSize(110).allMatch(pair -> pair.get(1).asInt() == 1);
    assertThat(second.get(109).get(0).asDouble()).isEqualTo(110);
    assertThat(
            named(all, "stagemark.decode.net/fine/cpu/t2/b4")
                .at("/primaryMetric/rawDataHistogram/0/0")
                .toString())
        .isEqualTo("[[1,100]]");
  }

  // The gap is not in the samples: trials' means, in a mode that is read so.
  @Test
  void gap_always_hasTheMeansOfTrials() throws Exception {
    JsonNode gap =
        named(
            benchmarks(ExportRuns.run(ExportRuns.good("net", "fine")), InvalidCases.LEFT_OUT),
            "stagemark.gap.net/fine/cpu/t2/b4");
    assertThat(gap.get("mode").asText()).isEqualTo("avgt");
    assertThat(gap.at("/primaryMetric/rawData").toString()).isEqualTo("[[0],[0]]");
  }

  // 400 images in 5 s, 440 in 110 × 51 ms = 5.61 s
  @Test
  void frames_goodCase_areOperationsASecond() throws Exception {
    JsonNode metric =
        named(
                benchmarks(ExportRuns.run(ExportRuns.good("net", "fine")), InvalidCases.LEFT_OUT),
                "stagemark.fps.net/fine/cpu/t2/b4")
            .get("primaryMetric");
    assertThat(metric.get("score").asDouble()).isEqualTo(80);
    assertThat(metric.at("/rawData/0/0").asDouble()).isEqualTo(80);
    assertThat(metric.at("/rawData/1/0").asDouble()).isEqualTo(78.431372549);
  }

  @Test
  void times_oneTrialOfFiveBatches_haveNoErrorAndNoPercentiles() throws Exception {
    JsonNode metric =
        named(
                benchmarks(ExportRuns.run(ExportRuns.few("short")), InvalidCases.LEFT_OUT),
                "stagemark.forward.net/short/cpu/t2/b4")
            .get("primaryMetric");
    assertThat(metric.get("scoreError").asText()).isEqualTo("NaN");
    assertThat(metric.get("scorePercentiles").toString()).isEqualTo("{\"0.0\":1,\"100.0\":5}");
  }

  @Test
  void times_samplesNotThere_areMeansAndSaid() throws Exception {
    Export made =
        ExportRuns.exportWithoutSamples(
            new JmhReporter(),
            ExportRuns.run(ExportRuns.good("net", "fine")),
            InvalidCases.LEFT_OUT,
            folder);
    assertThat(made.rendering().console())
        .contains("no histograms, samples are not in the folder: net/fine/cpu/t2/b4");
    JsonNode forward = named(read(made), "stagemark.forward.net/fine/cpu/t2/b4");
    assertThat(forward.at("/primaryMetric/rawData").toString()).isEqualTo("[[50.5],[55.5]]");
  }

  @Test
  void benchmarks_hostileNames_areReadLikeOthers() throws Exception {
    assertThat(benchmarks(ExportRuns.mixed(), InvalidCases.INCLUDED)).hasSize(4 * 7);
  }

  // 1000 different times: the bins are 1 % wide, so that a time is at most 0.5 % off.
  @Test
  void bins_manyTimes_areFewAndKeepEveryCount() {
    TimeBins bins = new TimeBins();
    for (int i = 1; i <= 1000; i++) {
      bins.add(1_000_000 + i * 1000L);
    }
    List<List<Number>> pairs = bins.pairs(1e-6);
    assertThat(pairs).hasSizeBetween(69, 72); // ln 2 / ln 1.01 = 69.7
    assertThat(pairs.stream().mapToLong(pair -> pair.get(1).longValue()).sum()).isEqualTo(1000);
    assertThat(pairs.get(0).get(0).doubleValue()).isBetween(1.0 / 1.005, 1.001 * 1.005);
    TimeBins exact = new TimeBins();
    for (int i = 0; i < 256; i++) {
      exact.add(1_000_000 + i);
    }
    assertThat(exact.pairs(1)).hasSize(256);
    exact.add(1_000_256);
    assertThat(exact.pairs(1)).hasSize(1);
  }
}
