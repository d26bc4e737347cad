package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Annotation;
import io.stagemark.data.BoxOverlap;
import io.stagemark.data.Detection;
import io.stagemark.data.Score;
import io.stagemark.report.ResultSchema;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.GraphCount;
import io.stagemark.result.ModelCounts;
import io.stagemark.result.OperatorTimes;
import io.stagemark.result.Parity;
import io.stagemark.result.RunResult;
import io.stagemark.result.StageOperations;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.result.file.ResultFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on the real detector, in both engines, through the whole program. */
final class RunCommandTest {
  @TempDir Path folder;

  @Test
  void run_detectorInTwoEngines_findsTheSameObjectsAndLeavesTheReport() throws Exception {
    RunBed bed = new RunBed(folder);
    CommandRun run =
        CommandRun.of(
            "run",
            bed.detector("onnxruntime, pytorch").toString(),
            "--set",
            "measure.operators=true",
            "--set",
            "measure.causes=true");
    assertThat(run.exitCode()).as(run.err()).isZero();

    RunResult result = ResultFiles.readRun(bed.output());
    assertThat(result.status()).isEqualTo(RunResult.Status.COMPLETE);
    List<CaseExamples> cases =
        List.of(examples(bed, result.cases().get(0)), examples(bed, result.cases().get(1)));
    for (CaseExamples of : cases) {
      assertThat(found(of, "astronaut.jpg")).contains("person");
      assertThat(found(of, "coffee.jpg")).contains("cup", "dining table");
      assertThat(found(of, "motorcycle_left.jpg")).contains("motorcycle");
    }
    assertSameDetections(cases.get(0), cases.get(1));
    assertScores(result);
    assertParity(result);
    assertOperations(bed, result);
    assertThat(ResultSchema.problems(bed.output().resolve("result.json"))).isEmpty();
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(bed.output().resolve("report.md"))
        .content()
        .contains("; outputs differ by at most ");
    assertThat(run.out().lines()).last().asString().matches("page    .*index\\.html");
    assertThat(bed.output().resolve("index.html"))
        .content()
        .contains(
            "id=\"answer\"",
            "id=\"roofline-1\"",
            "id=\"quality\"",
            "id=\"precision-recall-1\"",
            "data:image/webp");
    try (var pictures = Files.list(bed.output().resolve("images"))) {
      assertThat(pictures).hasSize(8).allMatch(file -> file.toString().endsWith(".png"));
    }
  }

  private static CaseExamples examples(RunBed bed, CaseResult of) throws Exception {
    return ResultFiles.read(
        bed.output().resolve(CaseExamples.fileName(of.id())), CaseExamples.class);
  }

  private static List<String> found(CaseExamples of, String example) {
    return example(of, example).detections().stream()
        .map(detection -> of.labels().get(detection.classId()))
        .toList();
  }

  private static ExampleResult example(CaseExamples of, String id) {
    return of.examples().stream().filter(e -> e.id().equals(id)).findFirst().orElseThrow();
  }

  private static void assertSameDetections(CaseExamples a, CaseExamples b) {
    for (ExampleResult left : a.examples()) {
      List<Detection> right = example(b, left.id()).detections();
      assertThat(right).hasSameSizeAs(left.detections());
      for (int i = 0; i < right.size(); i++) {
        Detection detection = left.detections().get(i);
        assertThat(right.get(i).classId()).isEqualTo(detection.classId());
        assertThat(Math.abs(right.get(i).score() - detection.score())).isLessThan(1e-2);
        assertThat(BoxOverlap.iou(right.get(i).box(), detection.box())).isGreaterThan(0.98);
      }
      List<Annotation> truths = left.annotations();
      assertThat(truths).isNotEmpty();
    }
  }

  private static void assertScores(RunResult result) {
    for (CaseResult of : result.cases()) {
      assertThat(of.scored().scores())
          .extracting(Score::name)
          .contains("coco-ap", "coco-ar100", "bce");
      assertThat(of.score("coco-ap").orElseThrow().value()).isBetween(0.05, 1.0);
      for (String each : List.of("0.50 coco-ap50", "0.75 coco-ap75", "0.50:0.95 coco-ap")) {
        assertThat(mean(of, each.split(" ", 2)[0]))
            .isCloseTo(
                of.score(each.split(" ", 2)[1]).orElseThrow().value(),
                org.assertj.core.data.Offset.offset(1e-12));
      }
      double focal = of.score("focal").orElseThrow().value();
      assertThat(focal).isBetween(0.01, of.score("bce").orElseThrow().value());
      assertThat(of.operations().orElseThrow().uncounted()).isEmpty();
      assertThat(of.operations().orElseThrow().flops())
          .isEqualTo(2 * of.operations().orElseThrow().macs());
      assertThat(of.trials().get(0).measured().orElseThrow().outputs().changedOutputs()).isZero();
    }
    CaseResult onnx = result.cases().get(0);
    CaseResult torch = result.cases().get(1);
    for (String score : List.of("focal", "focal-unweighted", "bce", "coco-ap")) {
      assertThat(torch.score(score).orElseThrow().value())
          .isCloseTo(
              onnx.score(score).orElseThrow().value(), org.assertj.core.data.Offset.offset(5e-3));
    }
  }

  private static double mean(CaseResult of, String iou) {
    return of.scored().curves().stream()
        .filter(curve -> curve.category().isEmpty() && curve.iou().equals(iou))
        .findFirst()
        .orElseThrow()
        .mean();
  }

  private static void assertParity(RunResult result) {
    Parity parity = result.parity().get(0);
    assertThat(parity.sameInputs()).isTrue();
    assertThat(parity.examples()).isEqualTo(4);
    // Scores after the sigmoid; distances in pixels (up to some hundreds), as fp32 arithmetic.
    assertThat(parity.outputs().get(0).maxAbsoluteDifference()).isBetween(0.0, 1e-2);
    assertThat(parity.outputs().get(1).maxAbsoluteDifference()).isBetween(0.0, 0.1);
  }

  /** Both files hold the same network; the optimiser pads channels, so that what ran is more. */
  private static void assertOperations(RunBed bed, RunResult result) throws Exception {
    for (CaseResult of : result.cases()) {
      ModelCounts counts = of.operations().orElseThrow().counts().orElseThrow();
      assertThat(counts.reconciliation()).singleElement().asString().contains("agree");
      GraphCount first = counts.graphs().get(0);
      GraphCount last = counts.graphs().get(counts.graphs().size() - 1);
      assertThat(first.origin().source()).isEqualTo("onnx");
      assertThat(last.origin().source()).isEqualTo("torchscript");
      assertThat(last.perBatch().macs()).isEqualTo(first.perBatch().macs());
      assertThat(counts.stages())
          .extracting(StageOperations::stage)
          .containsExactly("preprocess", "forward", "postprocess");
      OperatorTimes times = counts.operators().orElseThrow();
      assertThat(times.engine()).isEqualTo(of.key().engine());
      assertThat(times.heaviest()).hasSize(10);
      assertThat(times.model().seconds()).isPositive();
      assertThat(times.peaks()).extracting(OperatorTimes.Ceiling::of).containsExactly("float32");
      assertThat(bed.output().resolve(counts.perOp())).content().contains("perOp", "roofline");
    }
    ModelCounts onnx = result.cases().get(0).operations().orElseThrow().counts().orElseThrow();
    assertThat(onnx.graphs().get(1).origin().source()).isEqualTo("onnx executed");
    assertThat(onnx.graphs().get(1).perBatch().macs())
        .isGreaterThanOrEqualTo(onnx.graphs().get(0).perBatch().macs());
    assertThat(bed.output().resolve("report.md"))
        .content()
        .contains("GFLOPs, ", " GMACs per image");
  }
}
