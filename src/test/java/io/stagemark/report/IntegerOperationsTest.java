package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.output.OutputTree;
import io.stagemark.result.CaseResult;
import io.stagemark.result.CountFigures;
import io.stagemark.result.GraphCount;
import io.stagemark.result.ModelCounts;
import io.stagemark.result.Operations;
import io.stagemark.result.RunResult;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A quantised model's work is shown as integer operations, not as 0 FLOPs. */
final class IntegerOperationsTest {
  @TempDir Path folder;

  private static Operations operations(long macs, long intMacs) {
    BigDecimal none = BigDecimal.ZERO;
    CountFigures figures =
        new CountFigures(
            BigDecimal.valueOf(macs),
            BigDecimal.valueOf(intMacs),
            BigDecimal.valueOf(2 * macs),
            BigDecimal.valueOf(2 * macs),
            none,
            none,
            none,
            none,
            none,
            none,
            none);
    GraphCount graph =
        new GraphCount(
            new GraphCount.Origin("model.onnx", "onnx", "inference", 1),
            figures,
            figures,
            new GraphCount.Weights(10, 10, 0, 0),
            0,
            Map.of(),
            List.of());
    ModelCounts counts =
        new ModelCounts(
            "1 MAC", List.of(graph), List.of(), List.of(), "ops.json", Optional.empty(), List.of());
    return new Operations("model.onnx", macs, 2 * macs, 10, Map.of(), Optional.of(counts));
  }

  private static RunResult result(Operations... ofCases) {
    RunResult plain = SampleRun.complete();
    List<CaseResult> cases = new ArrayList<>();
    for (int i = 0; i < ofCases.length; i++) {
      CaseResult one = plain.cases().get(i);
      cases.add(
          new CaseResult(
              one.id(),
              one.key(),
              one.status(),
              one.timed(),
              Optional.of(ofCases[i]),
              one.scored(),
              one.trials(),
              one.proof()));
    }
    return SampleRun.with(plain, cases);
  }

  private String line(RunResult result, String start, int which) throws Exception {
    return new VerboseReporter()
        .render(result, OutputTree.of(folder))
        .console()
        .lines()
        .filter(line -> line.startsWith(start))
        .skip(which)
        .findFirst()
        .orElseThrow();
  }

  // int8: 700 M MACs are 1.4 G operations, in 40 ms 35 G a second; the float case beside it has
  // 2 G FLOPs in 70 ms
  @Test
  void console_integersAlone_haveNoFlops() throws Exception {
    RunResult result = result(operations(0, 700_000_000), operations(1_000_000_000, 0));
    assertThat(line(result, "per image", 0)).contains("GFLOPs  GFLOP/s  GIOPs  GIOP/s");
    assertThat(line(result, "onnxruntime", 1)).containsSubsequence("–", "–", "1.40", "35.0");
    assertThat(line(result, "pytorch", 1)).containsSubsequence("2.00", "28.6", "–", "–");
    assertThat(line(result, "GIOPs: ", 0)).contains("2 x MAC of integers");
    new MarkdownReporter().render(result, OutputTree.of(folder));
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("- 1.40 GIOPs (2 × integer MAC) per image, 0.00 M parameters: `model.onnx`\n")
        .contains("- 2.00 GFLOPs, 1.00 GMACs per image, 0.00 M parameters: `model.onnx`\n")
        .doesNotContain("0.0000 GFLOPs");
  }

  @Test
  void console_bothKinds_showsBoth() throws Exception {
    RunResult result = result(operations(1_000_000_000, 700_000_000));
    assertThat(line(result, "onnxruntime", 1)).containsSubsequence("2.00", "50.0", "1.40", "35.0");
    new MarkdownReporter().render(result, OutputTree.of(folder));
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("2.00 GFLOPs, 1.00 GMACs, 1.40 GIOPs (2 × integer MAC) per image");
  }

  @Test
  void console_floatsAlone_haveNoIntegerColumns() throws Exception {
    assertThat(
            new VerboseReporter().render(result(operations(5, 0)), OutputTree.of(folder)).console())
        .doesNotContain("GIOP");
  }
}
