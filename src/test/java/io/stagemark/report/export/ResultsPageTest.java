package io.stagemark.report.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stagemark.report.InvalidCases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of docs/results.md run, and its columns are those of cases.csv. */
final class ResultsPageTest {
  private static final Path PAGE = Path.of("docs", "results.md");

  @TempDir Path folder;

  private Path csv() throws Exception {
    ExportRuns.export(
        new CsvReporter(),
        ExportRuns.run(ExportRuns.good("net", "fine"), ExportRuns.few("short")),
        InvalidCases.LEFT_OUT,
        folder);
    return folder.resolve("cases.csv");
  }

  private static String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  @Test
  void columns_ofThePage_areThoseOfTheFile() throws Exception {
    String page = Files.readString(PAGE);
    int start = page.indexOf("| column | |");
    String table = page.substring(start, page.indexOf("\n\n", start));
    List<String> columns =
        table
            .lines()
            .skip(2)
            .map(line -> line.split("\\|", -1)[1])
            .flatMap(cell -> Stream.of(cell.split(",", -1)))
            .map(name -> name.strip().replace("`", ""))
            .toList();
    assertThat(String.join(",", columns)).isEqualTo(Files.readAllLines(csv()).get(0));
  }

  // p50 of 1 to 100 and 1 to 110 ms is 53; the case of five batches has none.
  @Test
  void pandas_linesOfThePage_printTheFigures() throws Exception {
    Optional<String> python =
        Stream.of("python3", "/usr/bin/python3").filter(ResultsPageTest::hasPandas).findFirst();
    assumeTrue(python.isPresent(), "no python3 with pandas on this machine");
    String lines = block("python").replace("reports/quickstart/cases.csv", csv().toString());
    assertThat(lines).contains(csv().toString());
    assertThat(lines.lines()).hasSize(5);
    String printed = output(python.get(), "-c", lines);
    assertThat(printed)
        .containsPattern("net/fine/cpu/t2/b4 +1\\.0 +53\\.0 +0\\.0 +1\\.0 +2\\.0 +57\\.0")
        .containsPattern("net/fine/cpu/t2/b4 +80\\.0 +NaN +NaN +840")
        .containsPattern("net/short/cpu/t2/b4 +80\\.0 +NaN +NaN +20");
  }

  private static boolean hasPandas(String python) {
    try {
      output(python, "-c", "import pandas");
      return true;
    } catch (IOException | AssertionError e) {
      return false;
    }
  }

  private static String output(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(text).isZero();
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
