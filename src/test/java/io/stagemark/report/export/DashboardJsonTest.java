package io.stagemark.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.export.ExportRuns.Export;
import io.stagemark.result.RunResult;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads the files of github-action-benchmark (extract.ts, extractRangeInfo.ts) and Bencher (its
 * metric format's schema) by their readers' rules.
 */
final class DashboardJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode NONE = MissingNode.getInstance();
  private static final Pattern RANGE = Pattern.compile("(?<prefix>(\\+-|±)\\s*)(?<value>\\d.+)");

  @TempDir Path folder;

  /** Checks an array of entries and returns them by name. */
  private static Map<String, JsonNode> entries(String text) throws Exception {
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    JsonNode all = JSON.readTree(text);
    assertThat(all.isArray()).isTrue();
    for (JsonNode entry : all) {
      assertThat(entry.get("name").textValue()).doesNotContain("|", "`", "<", "\n");
      assertThat(entry.get("unit").textValue()).isNotBlank();
      assertThat(entry.get("value").isNumber()).isTrue();
      assertThat(entry.get("extra").isTextual()).isTrue();
      if (entry.has("range")) {
        Matcher range = RANGE.matcher(entry.get("range").textValue());
        assertThat(range.find()).isTrue();
        assertThat(Double.parseDouble(range.group("value"))).isNotNegative();
      }
      Set<String> keys = new HashSet<>();
      entry.fieldNames().forEachRemaining(keys::add);
      assertThat(Set.of("name", "unit", "value", "range", "extra")).containsAll(keys);
      assertThat(byName.put(entry.get("name").textValue(), entry)).isNull();
    }
    return byName;
  }

  private Export github(RunResult run) throws Exception {
    return ExportRuns.export(new GithubBenchmarkReporter(), run, InvalidCases.INCLUDED, folder);
  }

  @Test
  void github_goodCase_isInBothFilesByDirection() throws Exception {
    Map<String, String> files = github(ExportRuns.run(ExportRuns.good("net", "fine"))).files();
    assertThat(files.keySet())
        .containsExactly("github-smaller-is-better.json", "github-bigger-is-better.json");
    Map<String, JsonNode> smaller =
        entries(files.getOrDefault("github-smaller-is-better.json", ""));
    Map<String, JsonNode> bigger = entries(files.getOrDefault("github-bigger-is-better.json", ""));
    assertThat(smaller.keySet())
        .containsExactly(
            "net/fine/cpu/t2/b4/decode p50",
            "net/fine/cpu/t2/b4/preprocess p50",
            "net/fine/cpu/t2/b4/forward p50",
            "net/fine/cpu/t2/b4/postprocess p50",
            "net/fine/cpu/t2/b4/gap p50",
            "net/fine/cpu/t2/b4/total p50",
            "net/fine/cpu/t2/b4/case peak_rss",
            "net/fine/cpu/t2/b4/case steady_rss",
            "net/fine/cpu/t2/b4/case allocated_per_batch",
            "net/fine/cpu/t2/b4/case load_time",
            "net/fine/cpu/t2/b4/score focal");
    assertThat(bigger.keySet())
        .containsExactly("net/fine/cpu/t2/b4/total fps", "net/fine/cpu/t2/b4/score coco-ap");
    JsonNode forward = smaller.getOrDefault("net/fine/cpu/t2/b4/forward p50", NONE);
    assertThat(forward.get("value").asDouble()).isEqualTo(53);
    assertThat(forward.get("unit").asText()).isEqualTo("ms");
    assertThat(forward.get("extra").asText())
        .startsWith("n 210\n95 % interval [")
        .contains("\nmean 53.119047619 ms [", "\np90 95 ms [", "\nmax 110 ms")
        .doesNotContain("p99");
  }

  @Test
  void github_fiveBatches_showTheMeanInPlaceOfTheMedian() throws Exception {
    Map<String, JsonNode> smaller =
        entries(
            github(ExportRuns.run(ExportRuns.few("short")))
                .files()
                .getOrDefault("github-smaller-is-better.json", ""));
    JsonNode forward = smaller.getOrDefault("net/short/cpu/t2/b4/forward mean", NONE);
    assertThat(forward.get("value").asDouble()).isEqualTo(3);
    assertThat(forward.has("range")).isFalse();
  }

  @Test
  void github_hostileNames_areReadLikeOthers() throws Exception {
    for (String text : github(ExportRuns.mixed()).files().values()) {
      assertThat(entries(text)).isNotEmpty();
    }
  }

  // The action ends with an error at an empty array.
  @Test
  void github_noEntries_isSaid() throws Exception {
    assertThat(github(ExportRuns.run(ExportRuns.dead("dead"))).rendering().console())
        .contains("no entry, and the action refuses such a file: github-smaller-is-better.json");
  }

  private JsonNode bencher(RunResult run) throws Exception {
    JsonNode all =
        JSON.readTree(
            ExportRuns.export(new BencherReporter(), run, InvalidCases.INCLUDED, folder).text());
    assertThat(all.isObject()).isTrue();
    all.properties()
        .forEach(
            benchmark -> {
              assertThat(benchmark.getKey()).hasSizeBetween(1, 1024);
              assertThat(benchmark.getValue().isObject()).isTrue();
              assertThat(benchmark.getValue()).isNotEmpty();
              benchmark.getValue().properties().forEach(DashboardJsonTest::metric);
            });
    return all;
  }

  private static void metric(Map.Entry<String, JsonNode> measure) {
    assertThat(measure.getKey()).hasSizeBetween(1, 64).matches("[a-z0-9-]+");
    JsonNode metric = measure.getValue();
    metric
        .properties()
        .forEach(
            field -> {
              assertThat(field.getKey()).isIn("value", "lower_value", "upper_value");
              assertThat(field.getValue().isNumber()).isTrue();
            });
    assertThat(metric.has("value")).isTrue();
    if (metric.has("lower_value")) {
      assertThat(metric.get("lower_value").asDouble())
          .isLessThanOrEqualTo(metric.get("value").asDouble());
      assertThat(metric.get("upper_value").asDouble())
          .isGreaterThanOrEqualTo(metric.get("value").asDouble());
    }
  }

  @Test
  void bencher_goodCase_hasLatencyInNanosecondsAndThroughput() throws Exception {
    JsonNode all = bencher(ExportRuns.run(ExportRuns.good("net", "fine")));
    JsonNode forward = all.get("net/fine/cpu/t2/b4/forward");
    assertThat(forward.at("/latency/value").asDouble()).isEqualTo(53_119_047.619);
    assertThat(forward.at("/latency/lower_value").asDouble()).isBetween(29.1e6, 29.2e6);
    assertThat(forward.at("/latency-p50/value").asDouble()).isEqualTo(53e6);
    assertThat(forward.has("latency-p99")).isFalse();
    assertThat(all.at("/net~1fine~1cpu~1t2~1b4~1total/throughput/value").asDouble()).isEqualTo(80);
    assertThat(all.at("/net~1fine~1cpu~1t2~1b4~1score/coco-ap/value").asDouble()).isEqualTo(0.5);
    assertThat(all.at("/net~1fine~1cpu~1t2~1b4~1case/peak-rss/value").asLong())
        .isEqualTo(612L << 20);
  }

  @Test
  void bencher_fiveBatchesAndHostileNames_areReadLikeOthers() throws Exception {
    JsonNode all = bencher(ExportRuns.mixed());
    assertThat(all.at("/net~1short~1cpu~1t2~1b4~1forward").toString())
        .isEqualTo(
            "{\"latency\":{\"value\":3000000},\"latency-sd\":{\"value\":1581138.83008},"
                + "\"latency-min\":{\"value\":1000000},\"latency-max\":{\"value\":5000000}}");
    assertThat(List.copyOf(all.properties())).hasSize(4 * 8);
  }
}
