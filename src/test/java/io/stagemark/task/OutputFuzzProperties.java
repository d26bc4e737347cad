package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.Detection;
import io.stagemark.data.ElementType;
import io.stagemark.data.Prediction;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.Truth;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.scoring.activation.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever a network puts out, in whatever element type: no task fails on it, predictions are
 * finite, and what is not finite is counted to the number.
 */
class OutputFuzzProperties {
  private static final float[] ODD = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e38f, -3e38f, 1e-40f, -0f, 0
  };
  private static final List<ElementType> TYPES =
      List.of(ElementType.FLOAT32, ElementType.FLOAT16, ElementType.BFLOAT16, ElementType.FLOAT64);

  private static Path folder = Path.of("");
  private static Path picture = Path.of("");

  /** A head: its task, decoder, classes and outputs. */
  private record Layout(
      String task,
      String decoder,
      int classes,
      Optional<Activation> last,
      List<List<Long>> shapes) {}

  private static Layout boxes(String decoder, int classes, List<List<Long>> shapes) {
    return new Layout("detection", decoder, classes, Optional.empty(), shapes);
  }

  private static final List<Layout> LAYOUTS = layoutsOfAllTasks();

  private static List<Layout> layoutsOfAllTasks() {
    List<Layout> layouts = new ArrayList<>();
    layouts.add(boxes("centernet", 2, List.of(List.of(1L, 2L, 8L, 8L), List.of(1L, 4L, 8L, 8L))));
    layouts.add(boxes("blazeface", 1, List.of(List.of(1L, 32L, 1L), List.of(1L, 32L, 16L))));
    layouts.add(boxes("yolov5", 2, List.of(List.of(1L, 60L, 7L))));
    layouts.add(boxes("yolov8", 2, List.of(List.of(1L, 6L, 60L))));
    layouts.add(boxes("yolox", 2, List.of(List.of(1L, 84L, 7L))));
    layouts.add(boxes("yolov10", 2, List.of(List.of(1L, 50L, 6L))));
    layouts.add(boxes("nanodet", 2, List.of(List.of(1L, 64L, 2L), List.of(1L, 64L, 32L))));
    layouts.add(boxes("detr", 2, List.of(List.of(1L, 40L, 3L), List.of(1L, 40L, 4L))));
    layouts.add(boxes("detr", 2, List.of(List.of(1L, 40L, 2L), List.of(1L, 40L, 4L))));
    layouts.add(boxes("ssd", 2, List.of(List.of(1L, 40L, 3L), List.of(1L, 40L, 4L))));
    layouts.add(boxes("text-map", 1, List.of(List.of(1L, 1L, 32L, 32L))));
    for (String task : List.of("classification", "segmentation")) {
      List<Long> one = task.equals("classification") ? List.of(1L, 1L) : List.of(1L, 1L, 4L, 4L);
      List<Long> many = task.equals("classification") ? List.of(1L, 7L) : List.of(1L, 7L, 4L, 4L);
      layouts.add(new Layout(task, "binary", 1, Optional.empty(), List.of(one)));
      layouts.add(new Layout(task, "binary", 1, Optional.of(Activation.SIGMOID), List.of(one)));
      layouts.add(new Layout(task, "classification", 7, Optional.empty(), List.of(many)));
      for (Activation last : Activation.values()) {
        layouts.add(new Layout(task, "classification", 7, Optional.of(last), List.of(many)));
      }
    }
    return layouts;
  }

  @BeforeContainer
  static void writePicture() throws IOException {
    folder = Files.createTempDirectory("fuzz");
    picture = TaskBed.picture(folder);
  }

  @AfterContainer
  static void removePicture() throws IOException {
    Files.delete(picture);
    Files.delete(folder);
  }

  @Provide
  Arbitrary<Layout> layouts() {
    return Arbitraries.of(LAYOUTS);
  }

  private static Tensor filled(Layout layout, int index, Random random) {
    List<Long> shape = layout.shapes().get(index);
    Tensor floats =
        TaskBed.output(
            "y" + index, ElementType.FLOAT32, shape.stream().mapToLong(Long::longValue).toArray());
    int oddPercent = List.of(0, 2, 100).get(random.nextInt(3));
    float scale = List.of(1f, 1f, 60f, -5f).get(random.nextInt(4));
    for (int i = 0; i < floats.floats().capacity(); i++) {
      boolean odd = random.nextInt(100) < oddPercent;
      floats.floats().put(i, odd ? ODD[random.nextInt(ODD.length)] : scale * random.nextFloat());
    }
    return TaskBed.as(TYPES.get(random.nextInt(TYPES.size())), floats);
  }

  private static Task task(String name) {
    return switch (name) {
      case "detection" -> new DetectionTask();
      case "classification" -> new ClassificationTask();
      default -> new SegmentationTask();
    };
  }

  private static List<Tensor> outputs(Layout layout, Random random) {
    List<Tensor> outputs = new ArrayList<>();
    for (int i = 0; i < layout.shapes().size(); i++) {
      outputs.add(filled(layout, i, random));
    }
    return outputs;
  }

  private static TaskSettings settings(Layout layout) {
    DecoderSettings decoder = TaskBed.decoder(layout.decoder());
    return TaskBed.settings(
        layout.task(),
        decoder,
        layout.last().map(last -> Map.of("y0", last)).orElse(Map.of()),
        layout.classes());
  }

  @Property(tries = 600)
  void observe_anyOutputs_isFiniteAndCounted(@ForAll("layouts") Layout layout, @ForAll long seed)
      throws Exception {
    List<Tensor> outputs = outputs(layout, new Random(seed));
    Observation seen = TaskBed.observe(task(layout.task()), settings(layout), outputs, picture);
    for (int i = 0; i < outputs.size(); i++) {
      assertCounted(seen.check().outputs().get(i), outputs.get(i));
    }
    assertFinite(seen.prediction(), layout);
    // the same outputs give the same prediction: NaN decides nothing
    assertThat(TaskBed.observe(task(layout.task()), settings(layout), outputs, picture).check())
        .isEqualTo(seen.check());
  }

  private static void assertCounted(OutputCheck.Output output, Tensor tensor) {
    long nan = 0;
    long infinite = 0;
    for (int i = 0; i < tensor.spec().elements(); i++) {
      double value = tensor.number(i);
      nan += Double.isNaN(value) ? 1 : 0;
      infinite += Double.isInfinite(value) ? 1 : 0;
    }
    assertThat(output.summary().nan()).isEqualTo(nan);
    assertThat(output.summary().infinite()).isEqualTo(infinite);
    assertThat(output.refused()).isBetween(nan, nan + infinite);
  }

  private static void assertFinite(Prediction prediction, Layout layout) {
    if (prediction instanceof Prediction.Objects objects) {
      for (Detection found : objects.detections()) {
        assertThat(found.score()).isFinite();
        assertThat(found.box().left()).isBetween(0.0, (double) TaskBed.SIDE);
        assertThat(found.box().bottom()).isBetween(0.0, (double) TaskBed.SIDE);
      }
    } else if (prediction instanceof Prediction.Classes classes) {
      assertThat(classes.best()).noneMatch(each -> Double.isNaN(each.score()));
    } else if (prediction instanceof Prediction.Mask mask) {
      int most = layout.decoder().equals("binary") ? 1 : layout.classes() - 1;
      for (int i = 0; i < mask.mask().size(); i++) {
        assertThat(mask.mask().at(i)).isBetween(0, most);
      }
    }
  }

  /** What passes the check is scored, or refused with its name; a score is never NaN by NaN. */
  @Property(tries = 400)
  void add_outputsThatPassTheCheck_areScoredOrRefused(
      @ForAll("layouts") Layout layout, @ForAll long seed) throws Exception {
    List<Tensor> outputs = outputs(layout, new Random(seed));
    TaskSettings settings = settings(layout);
    Observation seen = TaskBed.observe(task(layout.task()), settings, outputs, picture);
    if (layout.task().equals("segmentation") || !seen.check().isFinite()) {
      return; // masks are files; what is not finite is never scored
    }
    Truth truth =
        layout.task().equals("detection")
            ? new Truth.Objects(List.of(new Annotation(new Box(5, 5, 30, 40), 0, 875, false)))
            : new Truth.Label(List.of(0));
    String name =
        layout.task().equals("detection")
            ? "coco-ap"
            : layout.decoder().equals("binary") ? "accuracy" : "top-1";
    Scorer scorer =
        task(layout.task())
            .scorer(
                settings,
                List.of(TaskBed.output("x", ElementType.FLOAT32, 1).spec()),
                List.of(name));
    try {
      scorer.add("a", seen, truth);
    } catch (TaskException e) {
      assertThat(e).hasMessageContaining("example a");
      return;
    }
    for (Score score : scorer.finish()) {
      boolean finer = score.name().startsWith("coco-a") && !score.name().equals("coco-ap");
      assertThat(finer || Double.isFinite(score.value())).isTrue(); // there are no small objects
    }
  }
}
