package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.output.OutputTree;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CauseTablesTest {
  @TempDir Path folder;

  @Test
  void console_fewEvents_areOneTable() {
    String text = console(SampleRun.complete());
    assertThat(text.lines().filter(line -> line.startsWith("causes"))).hasSize(1);
  }

  @Test
  void console_manyEvents_areTwoTablesOfAtMost100Columns() throws Exception {
    RunResult run = SampleRun.complete();
    ResultFiles.write(OutputTree.of(folder), ResultFiles.RESULT, run);
    Path file = folder.resolve(ResultFiles.RESULT);
    Files.writeString(
        file,
        Files.readString(file)
            .replace("\"events\" : 2", "\"events\" : 123456789")
            .replace("\"compilation\"", "\"compilation by both of the JVM's compilers\"")
            .replace("\"events\" : 0", "\"events\" : 987654321")
            .replace("\"touched\" : 3", "\"touched\" : 1234567890"));
    String text = console(ResultFiles.readRun(folder));
    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    assertThat(text.lines().filter(line -> line.startsWith("causes"))).hasSize(2);
    assertThat(text).contains("123456789", "987654321", "1234567890 of", "p50, without");
  }

  private static String console(RunResult run) {
    return CauseTables.console(run, CaseLabels.of(run.cases()));
  }
}
