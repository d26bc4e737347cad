package io.stagemark.report.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.report.InvalidCases;
import io.stagemark.result.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads cases.csv as RFC 4180 says, strictly. */
final class CsvReporterTest {
  @TempDir Path folder;

  private List<Map<String, String>> rows(RunResult run, InvalidCases invalid) throws Exception {
    String text = ExportRuns.export(new CsvReporter(), run, invalid, folder).text();
    List<List<String>> records = records(text);
    List<String> header = records.get(0);
    assertThat(header).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z_]+"));
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<String> record : records.subList(1, records.size())) {
      assertThat(record).hasSameSizeAs(header);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < header.size(); i++) {
        row.put(header.get(i), record.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  /** A record a line; a quote may only open and close a whole cell, or be doubled in one. */
  private static List<List<String>> records(String text) {
    assertThat(text).endsWith("\n").doesNotContain("\r");
    List<List<String>> records = new ArrayList<>();
    List<String> record = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      StringBuilder cell = new StringBuilder();
      if (text.charAt(at) == '"') {
        for (at++; text.charAt(at) != '"' || text.charAt(at + 1) == '"'; at++) {
          at += text.charAt(at) == '"' ? 1 : 0;
          cell.append(text.charAt(at));
        }
        at++;
      } else {
        for (; text.charAt(at) != ',' && text.charAt(at) != '\n'; at++) {
          assertThat(text.charAt(at)).isNotEqualTo('"');
          cell.append(text.charAt(at));
        }
      }
      record.add(cell.toString());
      assertThat(text.charAt(at)).isIn(',', '\n');
      if (text.charAt(at) == '\n') {
        records.add(record);
        record = new ArrayList<>();
      }
      at++;
    }
    return records;
  }

  private static Map<String, String> row(
      List<Map<String, String>> rows, String stage, String statistic) {
    return rows.stream()
        .filter(
            row ->
                Objects.equals(row.get("stage"), stage)
                    && Objects.equals(row.get("statistic"), statistic))
        .findFirst()
        .orElseThrow();
  }

  // Of 1 to 100 and 1 to 110 ms: the 105th of 210 is 53, the 189th 95; p99 needs more batches.
  @Test
  void rows_goodCase_haveTheFiguresWithUnitAndCount() throws Exception {
    List<Map<String, String>> rows =
        rows(ExportRuns.run(ExportRuns.good("net", "fine")), InvalidCases.LEFT_OUT);
    Map<String, String> median = row(rows, "forward", "p50");
    assertThat(median)
        .containsEntry("run", "sample")
        .containsEntry("machine", "0123456789ab")
        .containsEntry("case", "net/fine/cpu/t2/b4")
        .containsEntry("model", "net")
        .containsEntry("engine", "fine")
        .containsEntry("device", "cpu")
        .containsEntry("threads", "2")
        .containsEntry("batch", "4")
        .containsEntry("scenario", "single-stream")
        .containsEntry("streams", "1")
        .containsEntry("value", "53")
        .containsEntry("interval", "batches")
        .containsEntry("unit", "ms")
        .containsEntry("n", "210")
        .containsEntry("better", "lower")
        .containsEntry("valid", "true");
    assertThat(row(rows, "forward", "p90")).containsEntry("value", "95");
    assertThat(rows).noneMatch(row -> Objects.equals(row.get("statistic"), "p99"));
    assertThat(row(rows, "forward", "min")).containsEntry("value", "1").containsEntry("lower", "");
    assertThat(row(rows, "total", "max")).containsEntry("value", "114");
  }

  // Two trials of 50.5 and 55.5 ms: their logarithms are 0.09441 apart, their mean known to
  // t(1) × 0.09441 / 2 = 12.7062 × 0.047205 = 0.59979, a factor of 1.8217 around 53.119.
  @Test
  void rows_meanOfTwoTrials_haveTheIntervalBetweenTrials() throws Exception {
    Map<String, String> mean =
        row(
            rows(ExportRuns.run(ExportRuns.good("net", "fine")), InvalidCases.LEFT_OUT),
            "forward",
            "mean");
    assertThat(mean).containsEntry("value", "53.119047619").containsEntry("interval", "trials");
    assertThat(Double.parseDouble(String.valueOf(mean.get("lower"))))
        .isCloseTo(53.119 / 1.8217, within(0.005));
    assertThat(Double.parseDouble(String.valueOf(mean.get("upper"))))
        .isCloseTo(53.119 * 1.8217, within(0.01));
  }

  @Test
  void rows_scoresMemoryAndOperations_areRowsToo() throws Exception {
    List<Map<String, String>> rows =
        rows(ExportRuns.run(ExportRuns.good("net", "fine")), InvalidCases.LEFT_OUT);
    assertThat(row(rows, "total", "fps"))
        .containsEntry("value", "80")
        .containsEntry("unit", "img/s")
        .containsEntry("n", "840")
        .containsEntry("better", "higher");
    assertThat(row(rows, "case", "peak_rss"))
        .containsEntry("value", String.valueOf(612L << 20))
        .containsEntry("unit", "byte")
        .containsEntry("n", "2");
    assertThat(row(rows, "case", "flops"))
        .containsEntry("value", "1400")
        .containsEntry("unit", "FLOP/img")
        .containsEntry("better", "");
    assertThat(row(rows, "score", "coco-ap"))
        .containsEntry("value", "0.5")
        .containsEntry("unit", "ratio")
        .containsEntry("better", "higher");
    assertThat(row(rows, "score", "focal")).containsEntry("better", "lower");
    assertThat(rows).noneMatch(row -> Objects.equals(row.get("statistic"), "coco-ap-small")); // NaN
  }

  @Test
  void rows_fiveBatches_haveNoPercentilesAndNoIntervals() throws Exception {
    assertThat(
            rows(ExportRuns.run(ExportRuns.few("short")), InvalidCases.LEFT_OUT).stream()
                .filter(row -> Objects.equals(row.get("stage"), "forward")))
        .allMatch(row -> "".equals(row.get("lower")) && "".equals(row.get("interval")))
        .extracting(row -> row.get("statistic"))
        .containsExactly("mean", "sd", "min", "max");
  }

  @Test
  void rows_invalidCaseAskedFor_sayThatItIs() throws Exception {
    assertThat(rows(ExportRuns.run(ExportRuns.invalid("wrong")), InvalidCases.INCLUDED))
        .isNotEmpty()
        .allMatch(row -> Objects.equals(row.get("valid"), "false"));
  }

  @Test
  void rows_hostileNames_areOneRowEachWithoutFormulas() throws Exception {
    List<Map<String, String>> rows = rows(ExportRuns.mixed(), InvalidCases.INCLUDED);
    List<Map<String, String>> hostile =
        rows.stream().filter(row -> String.valueOf(row.get("model")).contains("script")).toList();
    assertThat(hostile).isNotEmpty();
    for (Map<String, String> row : hostile) {
      assertThat(row.get("model")).startsWith("'=<script>").contains("\\u202e", "\\n");
      assertThat(row.values()).noneMatch(cell -> cell.matches("(?s)[=+@\\t\\r].*"));
    }
    assertThat(rows)
        .extracting(row -> row.get("case") + row.get("stage") + row.get("statistic"))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)"})
  void cell_textThatIsAFormula_isNone(String text) {
    assertThat(CsvReporter.cell(text)).isEqualTo("\"'" + text + "\"");
  }

  @Test
  void cell_tab_isVisible() {
    assertThat(CsvReporter.cell("\t=1")).isEqualTo("\\t=1");
  }

  @Test
  void number_anySize_hasNoExponent() {
    assertThat(PlainNumber.of(1e-7)).isEqualTo("0.0000001");
    assertThat(PlainNumber.of(1.5e15)).isEqualTo("1500000000000000");
    assertThat(PlainNumber.of(-0.1)).isEqualTo("-0.1");
    assertThat(PlainNumber.of(0)).isEqualTo("0");
  }
}
