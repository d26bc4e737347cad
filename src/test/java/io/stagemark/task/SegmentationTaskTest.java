package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.ClassMask;
import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Prediction;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.postprocess.LastStep;
import io.stagemark.postprocess.MaskPostprocessor;
import io.stagemark.preprocess.OpenCvRuntime;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import io.stagemark.scoring.activation.Activation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;

/** Masks of 2x2 px and scores over them. */
final class SegmentationTaskTest {
  private static final TensorSpec IN =
      new TensorSpec("x", ElementType.FLOAT32, List.of(1L, 3L, 2L, 2L));
  private static final Geometry SAME = new Geometry(2, 2, 1, 1, 0, 0);

  @TempDir Path folder;

  private static Tensor output(long classes, float... values) {
    Tensor tensor =
        Tensor.allocate(new TensorSpec("y", ElementType.FLOAT32, List.of(1L, classes, 2L, 2L)));
    tensor.floats().put(0, values);
    return tensor;
  }

  private static Scorer scorer(String decoder, List<String> labels, String... names)
      throws TaskException {
    PreprocessSettings preprocess =
        new PreprocessSettings(
            Resize.STRETCH,
            Interpolation.OPENCV_LINEAR,
            Color.RGB,
            Layout.NCHW,
            1,
            List.of(0.0),
            List.of(1.0),
            0,
            true,
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            1000);
    TaskSettings settings =
        new TaskSettings(
            "segmentation",
            Optional.of(preprocess),
            Optional.of(new DecoderSettings(decoder, 0.5, 0.5, 1, 1, Map.of())),
            new LabelMap(labels));
    return new SegmentationTask().scorer(settings, List.of(IN), List.of(names));
  }

  private Truth.Mask mask(int width, int... ids) {
    OpenCvRuntime.start();
    Mat mat = new Mat(ids.length / width, width, CvType.CV_8UC1);
    for (int i = 0; i < ids.length; i++) {
      mat.put(i / width, i % width, ids[i]);
    }
    Path file = folder.resolve("mask.png");
    Imgcodecs.imwrite(file.toString(), mat);
    return new Truth.Mask(file);
  }

  private static Observation observed(Tensor output, Geometry geometry, int... answer) {
    byte[] ids = new byte[answer.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) answer[i];
    }
    return new Observation(
        new Prediction.Mask(new ClassMask(2, 2, ids)), List.of(output), Optional.of(geometry));
  }

  private static double value(List<Score> scores, String name) {
    return scores.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow().value();
  }

  private static int[] ids(ClassMask mask) {
    return IntStream.range(0, mask.size()).map(mask::at).toArray();
  }

  @Test
  void run_binary_isOverTheThreshold() {
    Tensor output = output(1, 0.25f, 0.5f, 0.75f, 1);
    MaskPostprocessor masks =
        new MaskPostprocessor(LastStep.NONE, OptionalDouble.of(0.5), 1, output.spec(), true);
    masks.run(output.floats(), 0);
    assertThat(ids(masks.mask(0))).containsExactly(0, 0, 1, 1);
  }

  @Test
  void run_threeChannels_takesTheLargestTiesToTheLowerClass() {
    Tensor output = output(3, 5, 0, 1, 0, 5, 2, 0, 0, 1, 3, 0, 7);
    MaskPostprocessor masks =
        new MaskPostprocessor(
            CardActivation.of(Optional.of(Activation.SOFTMAX)),
            OptionalDouble.empty(),
            3,
            output.spec(),
            true);
    masks.run(output.floats(), 0);
    assertThat(ids(masks.mask(0))).containsExactly(0, 2, 0, 2);
  }

  // Truth 1 1 0 0, answer 1 0 0 0: IoU of text 1/2, of background 2/3; 3 of 4 pixels right.
  // p 3/4 1/4 1/4 1/4: BCE (3 ln 4/3 + ln 4) / 4. Lovász of text: errors 3/4 and 1/4 (true), 1/4,
  // 1/4; the first true pixel raises 1 − IoU by 1/2, and the errors of 1/4 by 1/2 together.
  @Test
  void scorer_binary_givesTheFiguresWorkedByHand() throws Exception {
    Scorer scorer = scorer("binary", List.of("text"), "miou", "pixel-accuracy", "bce", "lovasz");
    Tensor output = output(1, 0.75f, 0.25f, 0.25f, 0.25f);
    scorer.add("a", observed(output, SAME, 1, 0, 0, 0), mask(2, 255, 255, 0, 0));
    List<Score> scores = scorer.finish();

    assertThat(value(scores, "miou")).isCloseTo((0.5 + 2.0 / 3) / 2, within(1e-15));
    assertThat(value(scores, "pixel-accuracy")).isEqualTo(0.75);
    assertThat(value(scores, "bce"))
        .isCloseTo((3 * Math.log(4.0 / 3) + Math.log(4)) / 4, within(1e-15));
    assertThat(value(scores, "lovasz")).isCloseTo(0.5, within(1e-15));
    assertThat(scorer.classes()).extracting("name").containsExactly("background", "text");
  }

  // A source of 4x2 px lies in the upper half of 2x2: the lower row is border and does not count;
  // the pixels under the centres (0.5, 0.5) and (1.5, 0.5) are (1, 1) and (3, 1) of the source.
  @Test
  void scorer_letterbox_countsWhatLiesInTheImage() throws Exception {
    Geometry half = new Geometry(4, 2, 0.5, 0.5, 0, 0);
    List<Score> one =
        scorer("binary", List.of("text"), "pixel-accuracy")
            .add(
                "a",
                observed(output(1, 1, 1, 1, 1), half, 1, 1, 1, 1),
                mask(4, 0, 0, 0, 0, 0, 1, 0, 0));

    assertThat(one.get(0).count()).isEqualTo(2);
    assertThat(one.get(0).value()).isEqualTo(0.5);
  }

  // The last pixel does not count. p of the right class: 1/2, 1/2, 1.
  @Test
  void scorer_severalClasses_passesOverIgnoredPixels() throws Exception {
    Tensor output = output(2, 0.5f, 0.5f, 0, 1, 0.5f, 0.5f, 1, 0);
    List<Score> one =
        scorer("classification", List.of("sky", "sea"), "pixel-accuracy", "cross-entropy")
            .add("a", observed(output, SAME, 0, 0, 1, 0), mask(2, 0, 1, 1, 255));

    assertThat(value(one, "pixel-accuracy")).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(value(one, "cross-entropy")).isCloseTo(2 * Math.log(2) / 3, within(1e-15));
  }

  @Test
  void add_maskThatDoesNotFit_isRefusedWithItsFile() throws Exception {
    Scorer scorer = scorer("binary", List.of("text"), "miou");
    Observation observed = observed(output(1, 0, 0, 0, 0), SAME, 0, 0, 0, 0);
    assertThatThrownBy(() -> scorer.add("a", observed, mask(2, 0, 7, 0, 0)))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("mask.png has 7 at (1, 0); expected 0, 1 or 255");
    assertThatThrownBy(() -> scorer.add("a", observed, mask(1, 0, 0)))
        .hasMessageContaining("is of 1x2 px, its image of 2x2");
  }
}
