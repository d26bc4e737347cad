package io.stagemark.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.stagemark.report.ExportReporter;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.SampleRun;
import io.stagemark.report.export.ExportRuns.Export;
import io.stagemark.result.RunResult;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** hyperfine's JSON, the LoadGen-style summary and the model index, read as their readers do. */
final class OtherExportsTest {
  @TempDir Path folder;

  private Export export(ExportReporter reporter, RunResult run) throws Exception {
    return ExportRuns.export(reporter, run, InvalidCases.INCLUDED, folder);
  }

  /**
   * The fields of hyperfine's benchmark_result.rs, which its scripts and Bencher's adapter read.
   */
  private JsonNode hyperfine(RunResult run) throws Exception {
    JsonNode file = new ObjectMapper().readTree(export(new HyperfineReporter(), run).text());
    Set<String> commands = new HashSet<>();
    for (JsonNode result : file.get("results")) {
      assertThat(commands.add(result.get("command").textValue())).isTrue();
      for (String number : List.of("mean", "median", "user", "system", "min", "max")) {
        assertThat(result.get(number).isNumber()).as(number).isTrue();
      }
      assertThat(!result.has("stddev") || result.get("stddev").isNumber()).isTrue();
      assertThat(result.get("exit_codes")).isNotEmpty().allMatch(code -> code.intValue() == 0);
      assertThat(result.get("parameters").properties())
          .allMatch(entry -> entry.getValue().isTextual());
      assertThat(result.get("memory_usage_byte")).allMatch(JsonNode::isIntegralNumber);
      if (result.has("times")) {
        for (JsonNode time : result.get("times")) {
          assertThat(time.doubleValue())
              .isBetween(result.get("min").doubleValue(), result.get("max").doubleValue());
        }
      }
    }
    return file.get("results");
  }

  // Totals are 5 to 104 and 5 to 114 ms; 2 × 17.1 s of processor time for 210 batches.
  @Test
  void hyperfine_goodCase_hasTheTotalsInSeconds() throws Exception {
    JsonNode one = hyperfine(ExportRuns.run(ExportRuns.good("net", "fine"))).get(0);
    assertThat(one.get("command").asText()).isEqualTo("net/fine/cpu/t2/b4");
    assertThat(one.get("mean").asDouble()).isEqualTo(0.057119047619);
    assertThat(one.get("median").asDouble()).isEqualTo(0.057);
    assertThat(one.get("min").asDouble()).isEqualTo(0.005);
    assertThat(one.get("max").asDouble()).isEqualTo(0.114);
    assertThat(one.get("user").asDouble()).isEqualTo(0.162857142857);
    assertThat(one.get("times")).hasSize(210);
    assertThat(one.at("/times/100").asDouble()).isEqualTo(0.005); // the second trial's first
    assertThat(one.get("memory_usage_byte")).hasSize(2);
    assertThat(one.at("/parameters/threads").asText()).isEqualTo("2");
    assertThat(one.at("/parameters/n").asText()).isEqualTo("210");
  }

  // Its readers want a median; five batches have none.
  @Test
  void hyperfine_fiveBatches_isLeftOutAndSaid() throws Exception {
    Export made = export(new HyperfineReporter(), ExportRuns.run(ExportRuns.few("short")));
    assertThat(made.text().replaceAll("\\s", "")).isEqualTo("{\"results\":[]}");
    assertThat(made.rendering().console().replaceAll("\\s+", " "))
        .contains("left out, no median: needs 6 more samples (11 in all): net/short/cpu/t2/b4");
  }

  @Test
  void hyperfine_hostileNamesAndInvalid_areReadLikeOthers() throws Exception {
    JsonNode all = hyperfine(ExportRuns.mixed());
    assertThat(all).hasSize(3);
    assertThat(all.get(1).at("/parameters/valid").asText()).isEqualTo("false");
  }

  @Test
  void hyperfine_samplesNotThere_hasNoTimesAndSaysSo() throws Exception {
    Export made =
        ExportRuns.exportWithoutSamples(
            new HyperfineReporter(),
            ExportRuns.run(ExportRuns.good("net", "fine")),
            InvalidCases.LEFT_OUT,
            folder);
    assertThat(made.text()).doesNotContain("times").contains("median");
    assertThat(made.rendering().console())
        .contains("no times, samples are not in the folder: net/fine/cpu/t2/b4");
  }

  // 5001 batches: every second one from the first, 2501 of them.
  @Test
  void hyperfine_manyBatches_hasSomeTimesEvenlyAndSaysSo() throws Exception {
    RunResult run = ExportRuns.run(ExportRuns.long5001());
    Export made = export(new HyperfineReporter(), run);
    JsonNode times = new ObjectMapper().readTree(made.text()).at("/results/0/times");
    assertThat(times).hasSize(2501);
    assertThat(times.get(0).asDouble()).isEqualTo(0.005);
    assertThat(times.get(2500).asDouble()).isEqualTo(5.005);
    assertThat(made.rendering().console().replaceAll("\\s+", " "))
        .contains("times has 2501 of 5001 batches, evenly; statistics are of all: net/long");
  }

  @Test
  void hyperfine_asManyBatchesAsItTakes_hasAllTimes() throws Exception {
    Export made = export(new HyperfineReporter(), ExportRuns.run(ExportRuns.long5000()));
    assertThat(new ObjectMapper().readTree(made.text()).at("/results/0/times")).hasSize(5000);
    assertThat(made.rendering().console()).isEmpty();
  }

  private List<String> summary(RunResult run) throws Exception {
    return export(new LoadgenSummaryReporter(), run).text().lines().toList();
  }

  // p90 of the totals: the 189th of 210, 95 + 4 ms. QPS: 20 as applied; 1000 / 57.119.
  @Test
  void loadgen_goodCase_hasItsLinesInOrder() throws Exception {
    assertThat(summary(ExportRuns.run(ExportRuns.good("net", "fine"))))
        .containsSubsequence(
            "LoadGen-style summary: not an MLPerf result",
            "SUT name : net/fine/cpu/t2/b4",
            "Scenario : SingleStream",
            "Mode     : PerformanceOnly",
            "90.0th percentile latency (ns) : 99000000",
            "Result is : VALID",
            "  Min duration satisfied : Yes",
            "  Min queries satisfied : Yes",
            "  Early stopping satisfied: Yes",
            "Additional Stats",
            "QPS w/ loadgen overhead         : 20.00",
            "QPS w/o loadgen overhead        : 17.51",
            "Min latency (ns)                : 5000000",
            "Max latency (ns)                : 114000000",
            "Mean latency (ns)               : 57119048",
            "50.00 percentile latency (ns)   : 57000000",
            "90.00 percentile latency (ns)   : 99000000",
            "95.00 percentile latency (ns)   : 104000000",
            "Test Parameters Used",
            "samples_per_query : 4",
            "query_count : 210",
            "note : a query is a batch; VALID is Stagemark's verdict, not LoadGen's")
        .doesNotContain("Recommendations:")
        .noneMatch(line -> line.startsWith("99.00 percentile") || line.startsWith("MLPerf"));
  }

  // 64 is LoadGen's own number for a 90th percentile.
  @Test
  void loadgen_fiveBatches_hasNoHeadlineAndSaysWhatItNeeds() throws Exception {
    assertThat(summary(ExportRuns.run(ExportRuns.few("short"))))
        .contains(
            "  Min queries satisfied : NO",
            "  Early stopping satisfied: NO",
            "Recommendations:",
            " * p90 needs 59 more samples (64 in all)")
        .noneMatch(line -> line.contains("percentile latency"));
  }

  @Test
  void loadgen_invalidCase_hasTheReasonsAsPlainText() throws Exception {
    assertThat(summary(ExportRuns.run(ExportRuns.invalid("wrong"))))
        .contains("Result is : INVALID", " * 3 batches failed: see the log|\\u001b[1m");
  }

  // 22 batches of one image arrive a second; the latency, with the queue, is 52 ms.
  @Test
  void loadgen_server_hasTheScheduleAndTheLatencyWithTheQueue() throws Exception {
    assertThat(summary(SampleRun.complete()))
        .containsSubsequence(
            "Scenario : Server",
            "Scheduled samples per second : 22.00",
            "  Min duration satisfied : Skipped",
            "Completed samples per second    : 21.50",
            "Mean latency (ns)               : 52000000");
  }

  private JsonNode modelIndex(RunResult run, InvalidCases invalid) throws Exception {
    String text = ExportRuns.export(new ModelIndexReporter(), run, invalid, folder).text();
    JsonNode index = new ObjectMapper(new YAMLFactory()).readTree(text).get("model-index");
    for (JsonNode model : index) {
      assertThat(model.get("name").isTextual()).isTrue();
      for (JsonNode result : model.get("results")) {
        assertThat(result.at("/task/type").isTextual()).isTrue();
        assertThat(result.at("/dataset/type").textValue()).isNotEmpty();
        assertThat(result.at("/dataset/name").isTextual()).isTrue();
        assertThat(result.get("metrics")).isNotEmpty();
        Set<String> different = new HashSet<>();
        for (JsonNode metric : result.get("metrics")) {
          assertThat(metric.get("type").isTextual()).isTrue();
          assertThat(metric.get("value").isNumber()).isTrue();
          assertThat(different.add(metric.get("type") + "" + metric.get("args"))).isTrue();
        }
      }
    }
    return index;
  }

  @Test
  void modelIndex_twoEngines_areOneModelWithTheScoresOfBoth() throws Exception {
    JsonNode index =
        modelIndex(
            ExportRuns.run(ExportRuns.good("net", "fine"), ExportRuns.good("net", "other")),
            InvalidCases.LEFT_OUT);
    assertThat(index).hasSize(1);
    assertThat(index.at("/0/name").asText()).isEqualTo("net");
    assertThat(index.at("/0/results/0/task/type").asText()).isEqualTo("object-detection");
    assertThat(index.at("/0/results/0/dataset/name").asText()).isEqualTo("photographs");
    JsonNode metrics = index.at("/0/results/0/metrics");
    assertThat(metrics).hasSize(4); // a NaN has none
    assertThat(metrics.at("/0/type").asText()).isEqualTo("mean_average_precision");
    assertThat(metrics.at("/0/value").asDouble()).isEqualTo(0.5);
    assertThat(metrics.at("/0/args/n").asInt()).isEqualTo(4);
    assertThat(metrics.at("/0/args/engine").asText()).isEqualTo("fine");
    assertThat(metrics.at("/3/type").asText()).isEqualTo("focal");
  }

  @Test
  void modelIndex_hostileNamesAndInvalid_areReadLikeOthers() throws Exception {
    JsonNode index = modelIndex(ExportRuns.mixed(), InvalidCases.INCLUDED);
    assertThat(index).hasSize(2);
    assertThat(index.at("/1/name").asText()).startsWith("=<script>").contains("\\u202e");
    assertThat(index.at("/0/results/0/metrics/2/args/valid").toString()).isEqualTo("false");
    assertThat(modelIndex(ExportRuns.run(ExportRuns.dead("d")), InvalidCases.INCLUDED)).isEmpty();
  }
}
