package io.stagemark.trial.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.result.OutputProof.Sign;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.task.ClassificationTask;
import io.stagemark.task.DetectionTask;
import io.stagemark.task.SegmentationTask;
import io.stagemark.task.Task;
import io.stagemark.task.TaskBed;
import io.stagemark.task.TaskSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs of one family read by the decoder of another, made as those families give them. */
final class CardSignsTest {
  private static final int IMAGES = 3;

  @TempDir Path folder;
  private final Random random = new Random(19);

  /** Fills outputs anew for each image. */
  private interface Images {
    List<Tensor> next();
  }

  private List<Sign> signs(Task task, TaskSettings settings, boolean scored, Images images)
      throws Exception {
    CardSigns signs = new CardSigns();
    Path picture = TaskBed.picture(folder);
    for (int i = 0; i < IMAGES; i++) {
      signs.add(TaskBed.observe(task, settings, images.next(), picture));
    }
    return signs.found(scored, settings.decoder());
  }

  private List<Sign> boxes(String decoder, int classes, Images images) throws Exception {
    TaskSettings settings =
        TaskBed.settings("detection", TaskBed.decoder(decoder), Map.of(), classes);
    return signs(new DetectionTask(), settings, true, images);
  }

  private static List<String> found(List<Sign> signs) {
    return signs.stream().map(Sign::found).toList();
  }

  private float normal(double mean, double deviation) {
    return (float) (mean + deviation * random.nextGaussian());
  }

  private static float sigmoid(double x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }

  private Tensor filled(
      String name, long rows, long columns, java.util.function.IntToDoubleFunction of) {
    Tensor tensor = TaskBed.output(name, ElementType.FLOAT32, 1, rows, columns);
    for (int i = 0; i < tensor.floats().capacity(); i++) {
      tensor.floats().put(i, (float) of.applyAsDouble((int) (i % columns)));
    }
    return tensor;
  }

  /** A sound YOLOv8 of 2 classes: three objects in the picture, everything else near 0. */
  private List<Tensor> sound() {
    Tensor out = TaskBed.output("out", ElementType.FLOAT32, 1, 6, 84);
    for (int i = 0; i < 84; i++) {
      out.floats().put(i, normal(32, 10));
      out.floats().put(84 + i, normal(32, 10));
      out.floats().put(2 * 84 + i, 10 + random.nextInt(20));
      out.floats().put(3 * 84 + i, 10 + random.nextInt(20));
      out.floats().put(4 * 84 + i, i < 3 ? .5f + .4f * random.nextFloat() : .01f);
      out.floats().put(5 * 84 + i, .02f * random.nextFloat());
    }
    return List.of(out);
  }

  @Test
  void found_decoderOfTheModel_isNothing() throws Exception {
    assertThat(boxes("yolov8", 2, this::sound)).isEmpty();
  }

  // YuNet: scores after the sigmoid where BlazeFace has logits, so that every anchor is at 0.5 or
  // above: nearly all of them, and as many boxes in each image as there may be.
  @Test
  void found_yunetAsBlazeface_namesTheSigmoidTakenTwice() throws Exception {
    List<Sign> signs =
        boxes(
            "blazeface",
            1,
            () ->
                List.of(
                    filled("cls", 1024, 1, c -> sigmoid(normal(-4, 1))),
                    filled("bbox", 1024, 4, c -> normal(0, 1))));
    assertThat(found(signs)).anyMatch(text -> text.contains("'cls'") && text.contains("already"));
    assertThat(found(signs)).anyMatch(text -> text.contains("most of them in every image"));
    assertThat(signs).allMatch(sign -> !sign.decisive() && !sign.recommendation().isBlank());
  }

  // before its anchors a YOLOv5 head gives offsets of a cell: about one pixel, all in one corner
  @Test
  void found_yolov5BeforeItsAnchors_hasBoxesThatAreNoPlaces() throws Exception {
    List<Sign> signs =
        boxes(
            "yolov5",
            2,
            () -> List.of(filled("out", 252, 7, c -> sigmoid(normal(c < 4 ? 0 : 1, 1)))));
    assertThat(found(signs)).anyMatch(text -> text.contains("are no place in the picture"));
  }

  @Test
  void found_yoloxWithLogits_isNoProbabilityAndDecides() throws Exception {
    List<Sign> signs =
        boxes(
            "yolox",
            2,
            () -> List.of(filled("out", 84, 7, c -> c < 4 ? normal(0, .5) : normal(-3, 3))));
    assertThat(signs).anyMatch(sign -> sign.decisive() && sign.found().contains("must be probab"));
  }

  // RT-DETR of Ultralytics has the shape of a transposed YOLOv8, with fractions for pixels
  @Test
  void found_fractionsReadAsPixels_areNoPlaces() throws Exception {
    List<Sign> rows =
        boxes(
            "yolov8",
            2,
            () ->
                List.of(
                    filled(
                        "out",
                        300,
                        6,
                        c -> c < 4 ? sigmoid(normal(0, 1)) : sigmoid(normal(0, 2)))));
    assertThat(found(rows)).anyMatch(text -> text.contains("are no place in the picture"));
    List<Sign> selected =
        boxes(
            "selected",
            2,
            () -> {
              Tensor scores = TaskBed.output("scores", ElementType.FLOAT32, 1, 40);
              Tensor classes = TaskBed.output("classes", ElementType.FLOAT32, 1, 40);
              for (int i = 0; i < 40; i++) {
                scores.floats().put(i, sigmoid(normal(1, 1)));
              }
              return List.of(filled("boxes", 40, 4, c -> c < 2 ? .1 : .3), scores, classes);
            });
    assertThat(found(selected)).anyMatch(text -> text.contains("are no place in the picture"));
  }

  // offsets from priors, read as corners: left is right of right in half of them
  @Test
  void found_ssdWithRawPriors_hasBoxesInsideOut() throws Exception {
    List<Sign> signs =
        boxes(
            "ssd",
            1,
            () ->
                List.of(
                    filled("scores", 300, 2, c -> c == 0 ? .3 : .7),
                    filled("boxes", 300, 4, c -> normal(0, 1))));
    assertThat(found(signs)).anyMatch(text -> text.contains("inside out"));
    assertThat(found(signs)).anyMatch(text -> text.contains("have the same score, 0.7000"));
  }

  @Test
  void found_maximumInEveryImage_isSaidUnlessTheThresholdAsksForEverything() throws Exception {
    // 200 boxes that do not overlap cannot be: IoU threshold 1 keeps them all
    for (double threshold : new double[] {0.001, 0.25}) {
      DecoderSettings all = new DecoderSettings("yolov8", threshold, 1, 1000, 100, Map.of());
      TaskSettings settings = TaskBed.settings("detection", all, Map.of(), 1);
      Images full =
          () -> {
            Tensor out = TaskBed.output("out", ElementType.FLOAT32, 1, 5, 400);
            for (int i = 0; i < 400; i++) {
              for (int side = 0; side < 4; side++) {
                out.floats().put(side * 400 + i, 20 + random.nextInt(20));
              }
              out.floats().put(4 * 400 + i, i < 150 ? .3f + i / 500f : 0);
            }
            return List.of(out);
          };
      assertThat(found(signs(new DetectionTask(), settings, true, full)))
          .hasSize(threshold < 0.05 ? 0 : 1)
          .allMatch(text -> text.equals("every image, of 3, has the maximum of 100 detections"));
    }
  }

  @Test
  void found_noDetectionAtAll_isSaid() throws Exception {
    assertThat(found(boxes("yolov8", 1, () -> List.of(filled("out", 5, 84, c -> .1)))))
        .containsExactly("no detection in any of 3 images above decoder.scoreThreshold 0.25");
  }

  private Images logits(long... shape) {
    return () -> {
      Tensor tensor = TaskBed.output("y", ElementType.FLOAT32, shape);
      for (int i = 0; i < tensor.floats().capacity(); i++) {
        tensor.floats().put(i, normal(0, 4));
      }
      return List.of(tensor);
    };
  }

  // A score that needs probabilities cannot be taken of logits; a run of times only notes it.
  @Test
  void found_logitsOfAClassifierWithoutItsSoftmax_decideWhereScoresWereAskedFor() throws Exception {
    TaskSettings settings =
        TaskBed.settings("classification", TaskBed.decoder("classification"), Map.of(), 9);
    assertThat(signs(new ClassificationTask(), settings, true, logits(1, 9)))
        .singleElement()
        .matches(Sign::decisive);
    assertThat(signs(new ClassificationTask(), settings, false, logits(1, 9)))
        .singleElement()
        .matches(sign -> !sign.decisive());
    TaskSettings softmax =
        TaskBed.settings(
            "classification",
            TaskBed.decoder("classification"),
            Map.of("y", Activation.SOFTMAX),
            9);
    assertThat(signs(new ClassificationTask(), softmax, true, logits(1, 9))).isEmpty();
  }

  @Test
  void found_logitsOfPixels_areASignForAThresholdAndNoneForTheLargest() throws Exception {
    TaskSettings binary = TaskBed.settings("segmentation", TaskBed.decoder("binary"), Map.of(), 1);
    assertThat(signs(new SegmentationTask(), binary, false, logits(1, 1, 8, 8))).hasSize(1);
    TaskSettings largest =
        TaskBed.settings("segmentation", TaskBed.decoder("classification"), Map.of(), 3);
    assertThat(signs(new SegmentationTask(), largest, false, logits(1, 3, 8, 8))).isEmpty();
  }

  // the same images many times over say no more than once
  @Test
  void found_soundDetectorOnManyImages_isNothing() throws Exception {
    List<Sign> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.addAll(boxes("yolov8", 2, this::sound));
    }
    assertThat(all).isEmpty();
    assertThat(new CardSigns().found(true, Optional.of(TaskBed.decoder("yolov8")))).isEmpty();
  }
}
