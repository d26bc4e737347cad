package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.ElementType;
import io.stagemark.data.Prediction;
import io.stagemark.data.Quantization;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorElements;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.scoring.activation.Activation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Outputs in any floating-point type are read as float32: the numbers here are exact in all. */
final class FloatOutputsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16", "FLOAT64"})
  void observe_detectorOfAnotherType_findsTheSameBoxes(ElementType type) throws Exception {
    // yolov5 of 2 classes: x, y, width, height, objectness, two scores
    Tensor floats = TaskBed.floats(new float[] {20, 40, 8, 16, 1, .25f, .75f}, "out", 1, 3, 7);
    TaskSettings settings = TaskBed.settings("detection", TaskBed.decoder("yolov5"), Map.of(), 2);
    Path picture = TaskBed.picture(folder);
    Task task = new DetectionTask();
    Prediction.Objects expected =
        (Prediction.Objects) TaskBed.observe(task, settings, List.of(floats), picture).prediction();
    assertThat(expected.detections()).hasSize(1);
    assertThat(
            TaskBed.observe(task, settings, List.of(TaskBed.as(type, floats)), picture)
                .prediction())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16", "FLOAT64"})
  void add_classifierOfAnotherType_hasTheSameScores(ElementType type) throws Exception {
    Tensor floats = TaskBed.floats(new float[] {.5f, 2, -1}, "y", 1, 3);
    TaskSettings settings =
        TaskBed.settings(
            "classification",
            TaskBed.decoder("classification"),
            Map.of("y", Activation.SOFTMAX),
            3);
    ClassificationTask task = new ClassificationTask();
    List<String> names = List.of("top-1", "log-loss");
    Path picture = TaskBed.picture(folder);
    Observation seen = TaskBed.observe(task, settings, List.of(TaskBed.as(type, floats)), picture);
    Observation expected = TaskBed.observe(task, settings, List.of(floats), picture);
    assertThat(seen.prediction()).isEqualTo(expected.prediction());
    Truth truth = new Truth.Label(List.of(1));
    List<Score> scores = task.scorer(settings, List.of(), names).add("a", seen, truth);
    assertThat(scores).isEqualTo(task.scorer(settings, List.of(), names).add("a", expected, truth));
  }

  // 20 = 80 · 0.25, objectness 1 = 4 · 0.25: every number of the row is a multiple of the step
  @ParameterizedTest
  @EnumSource(names = {"UINT8", "INT8", "INT16", "UINT16"})
  void observe_quantisedDetector_findsTheSameBoxes(ElementType type) throws Exception {
    float[] row = {20, 25, 8, 16, 1, .25f, .75f};
    Tensor floats = TaskBed.floats(row, "out", 1, 3, 7);
    int zero = type == ElementType.INT8 ? -10 : 10;
    Tensor stored = TaskBed.output("out", type, 1, 3, 7);
    TensorElements.fill(stored, List.of((double) zero));
    for (int i = 0; i < row.length; i++) {
      TensorElements.put(stored, i, row[i] * 4 + zero);
    }
    TaskSettings real = TaskBed.settings("detection", TaskBed.decoder("yolov5"), Map.of(), 2);
    TaskSettings quantised =
        new TaskSettings(
            real.task(),
            real.preprocess(),
            real.decoder(),
            real.labels(),
            Map.of(),
            List.of(),
            Map.of("out", new Quantization(0.25, zero)),
            Map.of(),
            Optional.empty());
    Path picture = TaskBed.picture(folder);
    Task task = new DetectionTask();
    Prediction.Objects expected =
        (Prediction.Objects) TaskBed.observe(task, real, List.of(floats), picture).prediction();
    assertThat(expected.detections()).hasSize(1);
    assertThat(TaskBed.observe(task, quantised, List.of(stored), picture).prediction())
        .isEqualTo(expected);
  }

  // 7/256 and 200/256: the class of the larger one
  @Test
  void observe_quantisedClassifier_answersAsItsRealScores() throws Exception {
    Tensor stored = TaskBed.output("y", ElementType.UINT8, 1, 2);
    TensorElements.put(stored, 0, 7);
    TensorElements.put(stored, 1, 200);
    TaskSettings settings =
        TaskBed.settings("classification", TaskBed.decoder("classification"), Map.of(), 2);
    settings =
        new TaskSettings(
            settings.task(),
            settings.preprocess(),
            settings.decoder(),
            settings.labels(),
            Map.of(),
            List.of(),
            Map.of("y", new Quantization(1 / 256.0, 0)),
            Map.of(),
            Optional.empty());
    ClassificationTask task = new ClassificationTask();
    Observation seen = TaskBed.observe(task, settings, List.of(stored), TaskBed.picture(folder));
    Truth truth = new Truth.Label(List.of(1));
    Score loss = task.scorer(settings, List.of(), List.of("log-loss")).add("a", seen, truth).get(0);
    assertThat(loss.value()).isCloseTo(-Math.log(200 / 256.0), within(1e-6));
  }

  @Test
  void run_outputThatGrows_isReadInEachSize() {
    Tensor[] output = {half("y", 1), half("y", 3), half("y", 2)};
    TensorSpec open = new TensorSpec("y", ElementType.FLOAT16, List.of(TensorSpec.DYNAMIC));
    int[] now = {0};
    FloatOutputs floats = new FloatOutputs(List.of(open), i -> output[now[0]], i -> true, Map.of());
    assertThat(floats.specs().get(0).type()).isEqualTo(ElementType.FLOAT32);
    for (now[0] = 0; now[0] < 3; now[0]++) {
      floats.run();
      int size = output[now[0]].spec().shape().get(0).intValue();
      assertThat(floats.apply(0).spec().shape()).containsExactly((long) size);
      for (int i = 0; i < size; i++) {
        assertThat(floats.apply(0).floats().get(i)).isEqualTo(i + 0.5f);
      }
    }
  }

  private static Tensor half(String name, int size) {
    Tensor tensor = TaskBed.output(name, ElementType.FLOAT16, size);
    for (int i = 0; i < size; i++) {
      TensorElements.put(tensor, i, i + 0.5);
    }
    return tensor;
  }

  @Test
  void run_float32_isReadWhereItIs() {
    Tensor output = TaskBed.floats(new float[] {1}, "y", 1, 1);
    FloatOutputs floats =
        new FloatOutputs(List.of(output.spec()), i -> output, i -> true, Map.of());
    floats.run();
    assertThat(floats.apply(0)).isSameAs(output);
  }

  @Test
  void run_integers_stayWhatTheyAre() {
    Tensor output = TaskBed.output("y", ElementType.INT64, 1, 3);
    FloatOutputs floats =
        new FloatOutputs(List.of(output.spec()), i -> output, i -> true, Map.of());
    assertThat(floats.specs()).containsExactly(output.spec());
    assertThat(floats.apply(0)).isSameAs(output);
  }
}
