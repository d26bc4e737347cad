package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the check of a card says of class scores before anything is loaded. */
final class ScoresLayoutTest {
  private static final TensorSpec INPUT =
      new TensorSpec("x", ElementType.FLOAT32, List.of(1L, 3L, 64L, 64L));

  private static TensorSpec spec(ElementType type, long... shape) {
    return new TensorSpec("y", type, Arrays.stream(shape).boxed().toList());
  }

  private static void check(String task, String decoder, int classes, TensorSpec output)
      throws TaskException {
    Task checked = task.equals("segmentation") ? new SegmentationTask() : new ClassificationTask();
    TaskSettings settings = TaskBed.settings(task, TaskBed.decoder(decoder), Map.of(), classes);
    checked.check(settings, List.of(INPUT), List.of(output), List.of());
  }

  private static String advice(String task, String decoder, int classes, TensorSpec output) {
    return catchThrowableOfType(TaskException.class, () -> check(task, decoder, classes, output))
        .tryThis()
        .orElseThrow();
  }

  private static String advice(String task, int classes, long... shape) {
    return advice(task, "classification", classes, spec(ElementType.FLOAT32, shape));
  }

  @Test
  void check_scoresOfExamples_nameTheMismatch() {
    assertThat(advice("classification", 2, 1, 1000))
        .isEqualTo("1000 labels: output 'y' has so many scores for each example");
    assertThat(advice("classification", 10, 4, 10)).contains("first axis is that of the batch");
    assertThat(advice("classification", 10, 1, 10, 7, 7)).startsWith("task: segmentation");
    assertThat(advice("classification", "classification", 5, spec(ElementType.INT64, 1)))
        .contains("arg-max");
  }

  @Test
  void check_scoresOfPixels_nameTheMismatch() {
    assertThat(advice("segmentation", 3, 1, 8, 8, 3))
        .isEqualTo(
            "output 'y' transposed to [N, classes, H, W]: its classes are last, preprocess.layout"
                + " is nchw");
    assertThat(advice("segmentation", 3, 1, 21, 8, 8))
        .isEqualTo("21 labels: output 'y' has so many channels");
    assertThat(advice("segmentation", 3, 1, 3)).startsWith("task: classification");
    assertThat(advice("segmentation", 3, 1, 8, 8)).startsWith("an output of 4 axes");
    assertThat(advice("segmentation", "binary", 3, spec(ElementType.FLOAT32, 1, 3, 8, 8)))
        .startsWith("decoder: {type: classification}");
  }

  @Test
  void check_layoutsThatFit_areFine() {
    for (long[] shape : new long[][] {{1, 3}, {1, 3, 1, 1}, {3}}) {
      assertThatCode(
              () -> check("classification", "classification", 3, spec(ElementType.FLOAT16, shape)))
          .doesNotThrowAnyException();
    }
    assertThatCode(
            () -> check("classification", "classification", 3, spec(ElementType.UINT8, 1, 3)))
        .doesNotThrowAnyException();
    assertThatCode(
            () -> check("segmentation", "classification", 3, spec(ElementType.FLOAT16, 1, 3, 8, 8)))
        .doesNotThrowAnyException();
    assertThatCode(() -> check("segmentation", "binary", 1, spec(ElementType.FLOAT32, 1, 8, 8)))
        .doesNotThrowAnyException();
  }
}
