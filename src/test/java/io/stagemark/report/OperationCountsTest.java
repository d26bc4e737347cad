package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagemark.output.OutputTree;
import io.stagemark.result.CountFigures;
import io.stagemark.result.file.ResultFiles;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts in a result: its file and its console line. */
final class OperationCountsTest {
  @TempDir Path folder;

  @Test
  void console_profiledCase_namesConventionAndFraction() throws Exception {
    String text = new VerboseReporter().render(SampleCounts.run(), OutputTree.of(folder)).console();

    assertThat(text).contains("2 x MAC", "76 % of attainable");
    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void write_counts_fitTheSchemaAndComeBack() throws Exception {
    ResultFiles.write(folder.resolve("result.json"), SampleCounts.run());

    assertThat(ResultSchema.problems(folder.resolve("result.json"))).isEmpty();
    assertThat(ResultFiles.readRun(folder)).isEqualTo(SampleCounts.run());
  }

  // an older program wrote operations without counts, and a config without measure.operators
  @Test
  void readRun_operationsOfAnOlderProgram_haveNoCounts() throws Exception {
    Path file = folder.resolve("result.json");
    ResultFiles.write(file, SampleRun.complete());
    ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    tree.get("cases").forEach(one -> ((ObjectNode) one.get("operations")).remove("counts"));
    Files.writeString(file, tree.toString());

    assertThat(ResultSchema.problems(file)).isEmpty();
    assertThat(ResultFiles.readRun(folder)).isEqualTo(SampleRun.complete());
  }

  @Test
  void dividedBy_batch_isWholeWhereItDivides() {
    CountFigures batch =
        SampleCounts.run()
            .cases()
            .get(0)
            .operations()
            .orElseThrow()
            .counts()
            .orElseThrow()
            .graphs()
            .get(0)
            .perBatch();

    assertThat(batch.dividedBy(2).macs()).isEqualTo(BigDecimal.valueOf(750));
    assertThat(batch.dividedBy(2).special()).isEqualTo(new BigDecimal("1.5"));
    assertThat(batch.dividedBy(1000).bytesMoved()).isEqualTo(BigDecimal.valueOf(16));
  }
}
