package io.stagemark.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.ClassMask;
import io.stagemark.data.Detection;
import io.stagemark.data.OutputSummary;
import io.stagemark.data.Prediction.ScoredClass;
import io.stagemark.data.Score;
import io.stagemark.report.SampleCounts;
import io.stagemark.report.SampleRun;
import io.stagemark.result.CandidateFigures;
import io.stagemark.result.CandidateFigures.Spread;
import io.stagemark.result.CaseResult;
import io.stagemark.result.CountFigures;
import io.stagemark.result.ExampleAnswer;
import io.stagemark.result.ExampleMask;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.GraphCount;
import io.stagemark.result.ModelCounts;
import io.stagemark.result.Operations;
import io.stagemark.result.RunResult;
import io.stagemark.result.StageDetail;
import io.stagemark.result.SubStages;
import io.stagemark.result.SubStages.StageParts;
import io.stagemark.result.SubStages.SubStage;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.stats.Distribution;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is inside of the stages, the model and the examples, on the page. */
final class EvidenceDetailTest {
  private static final RunResult RUN = SampleRun.complete();
  private static final CaseResult FIRST = RUN.cases().get(0);
  private static final List<String> LABELS = List.of("cup", "dining table");

  @TempDir Path folder;

  private List<String> part(RunResult run, String summary) throws Exception {
    return EvidenceTexts.part(run, folder, summary);
  }

  private static RunResult with(Optional<Operations> operations, Optional<StageDetail> detail) {
    return EvidenceTexts.withFirst(
        RUN,
        EvidenceTexts.with(
            FIRST, FIRST.trials(), operations, detail, Optional.empty(), Optional.empty()));
  }

  private static Distribution steady(long nanos) {
    return Distribution.of(LongStream.generate(() -> nanos).limit(64).toArray());
  }

  @Test
  void stages_detector_hasItsBoxesItsPartsAndTheCommand() throws Exception {
    StageDetail detail =
        new StageDetail(
            Optional.of(
                new CandidateFigures(
                    4,
                    new Spread(10, 250, 31_000),
                    new Spread(9, 240, 30_000),
                    new Spread(1, 7, 300),
                    2)),
            Optional.of(
                new SubStages(
                    List.of(
                        new StageParts(
                            "postprocess",
                            steady(900_000),
                            List.of(new SubStage("nms", steady(300_000), 0.334)))))));
    assertThat(part(with(Optional.empty(), Optional.of(detail)), "Inside"))
        .contains(
            "case: onnxruntime | examples: 4 | above threshold: min: 10 | median: 250 | max: 31,000"
                + " | into NMS: min: 9 | median: 240 | max: 30,000 | kept: min: 1 | median: 7"
                + " | max: 300 | not finite: 2",
            "case: onnxruntime | stage: postprocess | part: nms | n: 64 | p50 ms: 0.30 [0.30, 0.30]"
                + " | p90 ms: 0.30 [0.30, 0.30] | share %: 33.4",
            "./stagemark nms-curve --model centernet-mbv3-coco")
        .anyMatch(line -> line.contains("part: whole, measured | n: 210 | p50 ms: 0.88"))
        .anyMatch(line -> line.contains("part: whole, in the pass | n: 64 | p50 ms: 0.90"));
  }

  @Test
  void operations_withoutCounts_areThere() throws Exception {
    Operations old =
        new Operations(
            "model.onnx",
            1_405_000_000,
            2_810_000_000L,
            2_050_000,
            Map.of("Odd", 3L),
            Optional.empty());
    assertThat(part(with(Optional.of(old), Optional.empty()), "Operations"))
        .contains(
            "case: onnxruntime | graph: model.onnx | MACs: 1,405,000,000 | GFLOP: 2.810"
                + " | parameters: 2,050,000 | operators without a rule: a lower bound: {Odd=3}");
  }

  // 2 x 3e9 integer MACs are 6 G integer operations.
  @Test
  void operations_ofIntegers_areGiops() throws Exception {
    BigDecimal none = BigDecimal.ZERO;
    BigDecimal macs = BigDecimal.valueOf(3_000_000_000L);
    CountFigures figures =
        new CountFigures(none, macs, none, none, none, none, none, none, none, none, none);
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
            "1 MAC", List.of(graph), List.of(), List.of(), "", Optional.empty(), List.of());
    Operations operations = new Operations("model.onnx", 0, 0, 10, Map.of(), Optional.of(counts));
    assertThat(part(with(Optional.of(operations), Optional.empty()), "Operations"))
        .anyMatch(line -> line.contains("GFLOP: 0.000 | integer GIOP: 6.000 | parameters: 10"))
        .contains("figure: intMacs | model.onnx, onnx, per image: 3,000,000,000");
  }

  // Of a batch of 2 with 1500 MACs in the file; 3 special evaluations do not divide.
  @Test
  void operations_withCounts_haveEveryFigureOfEveryGraph() throws Exception {
    List<String> lines = part(SampleCounts.run(), "Operations");
    assertThat(lines)
        .contains(
            "figure: macs | model.onnx, onnx, per batch of 2: 1,500 | model.onnx, onnx, per image: 750"
                + " | model.onnx, onnx executed, per batch of 2: 1,700"
                + " | model.onnx, onnx executed, per image: 850")
        .anyMatch(line -> line.startsWith("figure: special") && line.contains("per image: 1.5"))
        .anyMatch(line -> line.startsWith("figure: validMacs") && line.contains(": 1,400"))
        .anyMatch(line -> line.startsWith("figure: bytesMoved") && line.contains(": 16,000"))
        .anyMatch(line -> line.startsWith("figure: statistics") && line.contains(": 2 |"))
        .anyMatch(line -> line.startsWith("figure: sparsity") && line.contains(": 25.00 |"))
        .anyMatch(line -> line.startsWith("figure: shapes from") && line.contains(": execution"))
        .anyMatch(line -> line.startsWith("figure: uncounted") && line.contains("{Strange=2}"));
  }

  // 3.023 GFLOP over 160 MB are 18.89 FLOP a byte.
  @Test
  void roofline_ceilingsAndOperators_areThere() throws Exception {
    assertThat(part(SampleCounts.run(), "Roofline"))
        .contains(
            "case: onnxruntime | ceiling: peak float32 | rate: 100.0 | unit: GFLOP/s | spread %: 2"
                + " | n: 9 | threads: 2 | at: 512x512x512 | engine: onnxruntime",
            "case: onnxruntime | ceiling: bandwidth | rate: 10.0 | unit: GB/s | spread %: 5 | n: 11"
                + " | threads: 2 | at: 3 arrays of 128 MiB | engine: onnxruntime",
            "case: onnxruntime | operator: conv1 | kind: Conv | type: float32 | ms: 40.000"
                + " | MFLOP: 3023.00 | MB moved: 160.00 | FLOP/byte: 18.89 | GFLOP/s: 75.6"
                + " | attainable GFLOP/s: 100.0 | of attainable %: 75.6");
  }

  private void write(CaseResult one, List<ExampleResult> examples) throws Exception {
    Files.createDirectories(folder.resolve("examples"));
    Files.writeString(
        folder.resolve(CaseExamples.fileName(one.id())),
        ResultFiles.text(new CaseExamples(one.id(), LABELS, examples)));
  }

  private static ExampleResult detector(String id, double focal) {
    return new ExampleResult(
        id,
        id,
        List.of(new Detection(new Box(0, 0, 9, 9), 0, 0.48)),
        3,
        List.of(new Annotation(new Box(0, 0, 9, 9), 1, 81, false)),
        List.of(new Score("focal", focal, "nat", true, 1)));
  }

  @Test
  void examples_scored_areWorstFirst() throws Exception {
    write(FIRST, List.of(detector("good.npy", 0.25), detector("bad.npy", 2.5)));
    assertThat(part(RUN, "Examples"))
        .containsExactly(
            "Worst of 2 examples by focal: onnxruntime",
            "example: bad.npy | true: 1 object: dining table | answered: 1 object: cup 0.4800"
                + " | focal: 2.5000",
            "example: good.npy | true: 1 object: dining table | answered: 1 object: cup 0.4800"
                + " | focal: 0.2500");
  }

  private static ExampleResult answer(String id, ExampleAnswer answer) {
    return new ExampleResult(id, id, List.of(), 0, List.of(), List.of(), Optional.of(answer));
  }

  /** Four pixels: one of the first class, three of the second. */
  private static ExampleMask mask() {
    Deflater deflater = new Deflater();
    deflater.setInput(new byte[] {0, 1, 1, 1});
    deflater.finish();
    byte[] ids = new byte[64];
    int length = deflater.deflate(ids);
    deflater.end();
    return new ExampleMask(
        Optional.empty(),
        2,
        2,
        new ExampleMask.Place(1, 1, 0, 0),
        Base64.getEncoder().encodeToString(Arrays.copyOf(ids, length)));
  }

  @Test
  void examples_notScored_haveTheirAnswers() throws Exception {
    assertThat(mask().mask().size()).isEqualTo(new ClassMask(2, 2, new byte[4]).size());
    write(
        FIRST,
        List.of(
            answer("a.png", ExampleAnswer.ofPixels(mask())),
            answer("b.csv", ExampleAnswer.ofClasses(List.of(new ScoredClass(1, 0.75)))),
            answer(
                "c.npy",
                ExampleAnswer.ofOutputs(
                    List.of(
                        new OutputSummary(
                            "logits",
                            "float32",
                            List.of(1L, 84L),
                            OptionalDouble.of(-2.5),
                            OptionalDouble.of(3),
                            OptionalDouble.of(0.125),
                            7,
                            1,
                            1))))));
    RunResult run = EvidenceTexts.withFirst(RUN, EvidenceTexts.unscored(FIRST));
    assertThat(part(run, "Examples"))
        .contains(
            "Predictions, not scored: 3 of 3: onnxruntime",
            "example: a.png | answered: cup 25.0 % of the pixels, dining table 75.0 % of the pixels",
            "example: b.csv | answered: dining table 0.7500",
            "example: c.npy | output: logits | type: float32 | shape: [1, 84] | min: -2.500"
                + " | max: 3.000 | mean: 0.1250 | NaN: 7 | infinite: 2");
  }

  @Test
  void pictures_ofTheCases_areLinked() throws Exception {
    Files.createDirectories(folder.resolve("images"));
    String stem = CaseExamples.fileStem(FIRST.id());
    Files.writeString(folder.resolve("images/" + stem + "-a b.png"), "");
    Files.writeString(folder.resolve("images/other.png"), "");
    assertThat(part(RUN, "Pictures"))
        .containsExactly("images/" + stem + "-a b.png -> images/" + stem + "-a%20b.png");
  }
}
