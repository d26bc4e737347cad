package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Box;
import io.stagemark.data.ClassMask;
import io.stagemark.data.Detection;
import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.OutputSummary;
import io.stagemark.data.Prediction;
import io.stagemark.data.Prediction.ScoredClass;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ExampleAnswer;
import io.stagemark.result.ExampleMask;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.result.file.ResultFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run without scores shows what each kind of task predicted. */
final class AnswerTablesTest {
  @TempDir Path folder;

  private static CaseResult unscored() {
    CaseResult one = SampleRun.complete().cases().get(0);
    return new CaseResult(
        one.id(),
        one.key(),
        one.status(),
        one.stages(),
        one.framesPerSecond(),
        one.operations(),
        List.of(),
        List.of(),
        one.scoresAgree(),
        one.trials(),
        one.detail(),
        one.proof(),
        one.load());
  }

  private String table(List<String> labels, ExampleResult example) throws Exception {
    Path file = folder.resolve(CaseExamples.fileName(unscored().id()));
    Files.createDirectories(file.getParent());
    ResultFiles.write(file, new CaseExamples(unscored().id(), labels, List.of(example)));
    return AnswerTables.of(folder, unscored());
  }

  private static ExampleResult answered(ExampleAnswer answer) {
    return new ExampleResult(
        "a.png", "a.png", List.of(), 0, List.of(), List.of(), Optional.of(answer));
  }

  @Test
  void of_eachKindOfAnswer_isARow() throws Exception {
    assertThat(
            table(
                List.of("cat", "dog"),
                answered(ExampleAnswer.ofClasses(List.of(new ScoredClass(1, .75))))))
        .contains("Predictions, not scored: 1 of 1 examples")
        .endsWith("| a.png | dog 0.7500 |\n");
    ExampleMask mask =
        ExampleMask.of(
            Optional.empty(),
            new Prediction.Mask(new ClassMask(2, 2, new byte[] {0, 1, 0, 0})),
            new Geometry(2, 2, 1, 1, 0, 0));
    assertThat(table(List.of("text"), answered(ExampleAnswer.ofPixels(mask))))
        .endsWith("| a.png | text 25.0 % of the pixels |\n");
    Detection found = new Detection(new Box(0, 0, 5, 5), 0, .9);
    assertThat(
            table(
                List.of("cat"),
                new ExampleResult("a", "a", List.of(found), 1, List.of(), List.of())))
        .endsWith("| a | 1 object: cat 0.9000 |\n");
  }

  // 1, 3 and NaN: the mean of the finite two is 2
  @Test
  void of_tensors_areSummaries() throws Exception {
    TensorSpec spec = new TensorSpec("y", ElementType.FLOAT32, List.of(1L, 3L));
    Tensor tensor = Tensor.allocate(spec);
    tensor.floats().put(0, new float[] {1, 3, Float.NaN});
    ExampleAnswer answer = ExampleAnswer.ofOutputs(List.of(OutputSummary.of(spec, tensor, 0)));
    assertThat(table(List.of(), answered(answer)))
        .endsWith("| a.png | y float32[1, 3]: 1.000 to 3.000, mean 2.000, 1 NaN, 0 infinite |\n");
  }

  @Test
  void of_scoredCaseOrNoExamples_isNothing() throws Exception {
    assertThat(AnswerTables.of(folder, unscored())).isEmpty();
    table(List.of("cat"), answered(ExampleAnswer.ofClasses(List.of())));
    assertThat(AnswerTables.of(folder, SampleRun.complete().cases().get(0))).isEmpty();
  }
}
