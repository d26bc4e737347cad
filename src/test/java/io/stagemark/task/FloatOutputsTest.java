package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Prediction;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.Truth;
import io.stagemark.scoring.activation.Activation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  @Test
  void run_float32_isReadWhereItIs() {
    Tensor output = TaskBed.floats(new float[] {1}, "y", 1, 1);
    FloatOutputs floats = new FloatOutputs(List.of(output.spec()), i -> output, i -> true);
    floats.run();
    assertThat(floats.apply(0)).isSameAs(output);
  }

  @Test
  void run_integers_stayWhatTheyAre() {
    Tensor output = TaskBed.output("y", ElementType.INT64, 1, 3);
    FloatOutputs floats = new FloatOutputs(List.of(output.spec()), i -> output, i -> true);
    assertThat(floats.specs()).containsExactly(output.spec());
    assertThat(floats.apply(0)).isSameAs(output);
  }
}
