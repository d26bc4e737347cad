package io.stagemark.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.InvalidCases;
import io.stagemark.report.SampleRun;
import io.stagemark.result.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads benchfmt.txt by the rules of golang.org/x/perf/benchfmt: lines of results, of units, of
 * keys, and others, which are passed over. None of ours may be passed over by mistake.
 */
final class BenchfmtReporterTest {
  private static final Pattern KEY = Pattern.compile("([\\p{Ll}][^\\s\\p{Lu}:]*):(?:[ \\t]+(.*))?");

  private static final Pattern SPACE =
      Pattern.compile("[\\s\\u0085\\u00a0\\u2000-\\u200a\\u2028\\u2029\\u3000]+");

  @TempDir Path folder;

  private final Map<String, String> units = new LinkedHashMap<>();
  private final Map<String, String> keys = new LinkedHashMap<>();
  private final List<String> comments = new ArrayList<>();

  /** A line of a result: the keys in its name, and its values by unit. */
  private record Line(Map<String, String> name, long iterations, Map<String, Double> values) {}

  private List<Line> read(RunResult run, InvalidCases invalid) throws Exception {
    String text = ExportRuns.export(new BenchfmtReporter(), run, invalid, folder).text();
    List<Line> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      Matcher key = KEY.matcher(line);
      if (line.startsWith("Benchmark")) {
        lines.add(result(line));
      } else if (line.startsWith("Unit ")) {
        unit(line);
      } else if (key.matches()) {
        keys.put(key.group(1), key.group(2));
      } else if (!line.isEmpty()) {
        assertThat(line).startsWith("# ");
        comments.add(line);
      }
    }
    return lines;
  }

  private Line result(String line) {
    String[] fields = SPACE.split(line, -1);
    assertThat(fields[0]).matches("Benchmark\\p{Lu}.*");
    assertThat(fields[0]).doesNotMatch(".*-\\d+"); // would be taken for GOMAXPROCS
    Map<String, String> name = new LinkedHashMap<>();
    String[] parts = fields[0].split("/", -1);
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=", -1);
      assertThat(pair).hasSize(2).noneMatch(String::isEmpty);
      name.put(pair[0], pair[1]);
    }
    assertThat(fields.length).isGreaterThanOrEqualTo(4).satisfies(n -> assertThat(n % 2).isZero());
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 2; i < fields.length; i += 2) {
      assertThat(fields[i]).matches("-?\\d+(\\.\\d+)?");
      assertThat(values.put(fields[i + 1], Double.valueOf(fields[i]))).isNull();
      assertThat(units).containsKey(fields[i + 1]); // a unit's line is before its values
    }
    return new Line(name, Long.parseLong(fields[1]), values);
  }

  private void unit(String line) {
    String[] fields = line.split(" ");
    for (String pair : List.of(fields).subList(2, fields.length)) {
      assertThat(pair).matches("better=(lower|higher)|assume=(nothing|exact)");
    }
    assertThat(units.put(fields[1], line)).isNull();
  }

  @Test
  void lines_goodCase_areOneATrialAndStage() throws Exception {
    List<Line> lines = read(ExportRuns.run(ExportRuns.good("net", "fine")), InvalidCases.LEFT_OUT);
    assertThat(lines).hasSize(6 * 2);
    List<Line> forward =
        lines.stream().filter(line -> "forward".equals(line.name.get("stage"))).toList();
    assertThat(forward.get(0))
        .isEqualTo(
            new Line(
                Map.of(
                    "model", "net", "engine", "fine", "device", "cpu", "threads", "2", "batch", "4",
                    "stage", "forward"),
                100,
                Map.of("ns/op", 50_500_000.0, "p50-ns/op", 50e6, "p90-ns/op", 90e6)));
    assertThat(forward.get(1).iterations).isEqualTo(110);
    Line total = lines.get(lines.size() - 1);
    assertThat(total.values).containsEntry("img/s", 78.431372549); // 440 in 5.61 s
    assertThat(units.get("img/s")).contains("better=higher");
    assertThat(keys).containsExactly(Map.entry("cpu", "Some CPU"));
  }

  @Test
  void lines_fiveBatches_haveTheMeanAlone() throws Exception {
    assertThat(read(ExportRuns.run(ExportRuns.few("short")), InvalidCases.LEFT_OUT))
        .filteredOn(line -> "forward".equals(line.name.get("stage")))
        .extracting(Line::values)
        .containsExactly(Map.of("ns/op", 3_000_000.0));
  }

  @Test
  void comments_casesLeftOut_nameThem() throws Exception {
    read(ExportRuns.mixed(), InvalidCases.LEFT_OUT);
    assertThat(comments)
        .contains(
            "# left out: net/wrong/cpu/t2/b4 (INVALID)",
            "# left out: net/dead/cpu/t2/b1 (INVALID, no figures)");
  }

  @Test
  void lines_hostileNames_areReadLikeOthers() throws Exception {
    List<Line> lines = read(ExportRuns.mixed(), InvalidCases.INCLUDED);
    assertThat(lines).hasSize(6 * (2 + 2 + 1 + 2));
    assertThat(keys).hasSize(1);
  }

  // benchstat puts what differs into another table.
  @Test
  void lines_underLoad_sayTheScenario() throws Exception {
    List<Line> lines = read(SampleRun.complete(), InvalidCases.LEFT_OUT);
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line.name)
                    .containsEntry("scenario", "server")
                    .containsEntry("streams", "2"));
    assertThat(lines)
        .extracting(line -> line.name.get("stage"))
        .contains("latency", "queue-wait", "service");
  }
}
