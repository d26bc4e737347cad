package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.ClassMask;
import io.stagemark.data.Detection;
import io.stagemark.data.ElementType;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Prediction;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.postprocess.DecoderSettings;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/** A card's activation before masks and before a box decoder, on one picture of 8x8 px. */
final class ImageActivationTest {
  private static final TensorSpec IN =
      new TensorSpec("x", ElementType.FLOAT32, List.of(1L, 3L, 8L, 8L));

  @TempDir Path folder;
  private Path picture = Path.of("");

  @BeforeEach
  void write() {
    OpenCvRuntime.start();
    picture = folder.resolve("grey.png");
    Imgcodecs.imwrite(picture.toString(), new Mat(8, 8, CvType.CV_8UC3, new Scalar(9, 9, 9)));
  }

  private static TaskSettings settings(
      String task, String decoder, Map<String, Activation> last, String... labels) {
    PreprocessSettings preprocess =
        new PreprocessSettings(
            Resize.STRETCH,
            Interpolation.OPENCV_LINEAR,
            Color.RGB,
            Layout.NCHW,
            1,
            List.of(0.0),
            List.of(1.0),
            0);
    return new TaskSettings(
        task,
        Optional.of(preprocess),
        Optional.of(new DecoderSettings(decoder, 0.5, 0.5, 10, 10, Map.of())),
        new LabelMap(List.of(labels)),
        last,
        List.of());
  }

  private static Tensor map(String name, int channels, double... values) {
    Tensor tensor =
        Tensor.allocate(
            new TensorSpec(name, ElementType.FLOAT32, List.of(1L, (long) channels, 2L, 2L)));
    for (int i = 0; i < values.length; i++) {
      tensor.floats().put(i, (float) values[i]);
    }
    return tensor;
  }

  /** Runs all stages but the network on the picture. */
  private Observation observed(Task task, TaskSettings settings, List<Tensor> outputs)
      throws Exception {
    List<TensorSpec> specs = outputs.stream().map(Tensor::spec).toList();
    try (TaskSession session =
        task.bind(settings, List.of(Tensor.allocate(IN)), specs, outputs::get)) {
      session.decode(0, new ExampleSource.ImageFile(picture));
      session.preprocess(1);
      session.postprocess(1);
      return session.observe(0, true);
    }
  }

  private int[] mask(String decoder, Activation last, int channels, double... values)
      throws Exception {
    String[] labels = channels == 1 ? new String[] {"a"} : new String[] {"a", "b"};
    ClassMask mask =
        ((Prediction.Mask)
                observed(
                        new SegmentationTask(),
                        settings("segmentation", decoder, Map.of("y", last), labels),
                        List.of(map("y", channels, values)))
                    .prediction())
            .mask();
    return IntStream.range(0, mask.size()).map(mask::at).toArray();
  }

  // over 1/2: σ from 0 up, tanh from .5493, ReLU from .5, softplus from ln(√e − 1) = −.4328
  @Test
  void segmentation_binary_isOverTheThresholdAfterTheActivation() throws Exception {
    double[] scores = {-0.43, -0.44, 0.54, 0.56};
    assertThat(mask("binary", Activation.SIGMOID, 1, scores)).containsExactly(0, 0, 1, 1);
    assertThat(mask("binary", Activation.LOG_SIGMOID, 1, scores)).containsExactly(0, 0, 1, 1);
    assertThat(mask("binary", Activation.TANH, 1, scores)).containsExactly(0, 0, 0, 1);
    assertThat(mask("binary", Activation.RELU, 1, scores)).containsExactly(0, 0, 1, 1);
    assertThat(mask("binary", Activation.SOFTPLUS, 1, scores)).containsExactly(1, 0, 1, 1);
    assertThatThrownBy(() -> mask("binary", Activation.SOFTMAX, 1, scores))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("softmax of one class is 1 everywhere");
  }

  // Pixel by pixel (a, b): (−2, −1), (−1, 1), (1e4, 1e4 + 1), (2, 1). ReLU makes a tie of the
  // first.
  @Test
  void segmentation_largestAfterTheActivation_isTheMask() throws Exception {
    double[] scores = {-2, -1, 1e4, 2, -1, 1, 1e4 + 1, 1};
    assertThat(mask("classification", Activation.SOFTMAX, 2, scores)).containsExactly(1, 1, 1, 0);
    assertThat(mask("classification", Activation.LOG_SOFTMAX, 2, scores))
        .containsExactly(1, 1, 1, 0);
    assertThat(mask("classification", Activation.RELU, 2, scores)).containsExactly(0, 1, 1, 0);
  }

  @Test
  void segmentation_lossAfterTanh_isRefused() {
    TaskSettings tanh = settings("segmentation", "binary", Map.of("y", Activation.TANH), "a");
    assertThatThrownBy(
            () -> new SegmentationTask().scorer(tanh, List.of(IN), List.of("miou", "lovasz")))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "a binary model whose scores are no probabilities after tanh has no score lovasz; it"
                + " has miou, pixel-accuracy");
  }

  // Cell (1, 0) with logit ln 3: p 3/4, the box (4, 0) ± 2. The object is that box: one positive of
  // four candidates; the others have p = σ(−20). BCE: ln 4/3 + 3 softplus(−20), from the logits.
  @Test
  void detection_sigmoidBeforeTheDecoder_givesProbabilitiesAndLossesOfTheLogits() throws Exception {
    Tensor scores = map("scores", 1, -20, Math.log(3), -20, -20);
    Tensor sides = map("sides", 4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2);
    TaskSettings card =
        settings("detection", "centernet", Map.of("scores", Activation.SIGMOID), "a");
    Observation observed = observed(new DetectionTask(), card, List.of(scores, sides));
    List<Detection> found = ((Prediction.Objects) observed.prediction()).detections();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).score()).isCloseTo(0.75, within(1e-7));

    Scorer scorer = new DetectionTask().scorer(card, List.of(IN), List.of("bce"));
    Annotation truth = new Annotation(new Box(2, -2, 6, 2), 0, 16, false);
    List<Score> bce = scorer.add("a", observed, new Truth.Objects(List.of(truth)));
    assertThat(bce.get(0).value())
        .isCloseTo(Math.log(4.0 / 3) + 3 * Math.log1p(Math.exp(-20)), within(1e-7));
    // float32 probabilities would give a clamped 100 for each wrong sure answer
    scores.floats().put(0, 1e4f);
    Observation wrong = observed(new DetectionTask(), card, List.of(scores, sides));
    assertThat(scorer.add("b", wrong, new Truth.Objects(List.of(truth))).get(0).value())
        .isCloseTo(1e4 + Math.log(4.0 / 3), within(1e-6));
  }

  @Test
  void detection_activationOfNoOutput_isRefused() {
    TaskSettings card = settings("detection", "centernet", Map.of("s", Activation.SIGMOID), "a");
    Tensor scores = map("scores", 1);
    assertThatThrownBy(() -> observed(new DetectionTask(), card, List.of(scores, map("sides", 4))))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining(
            "activation of output 's'; the model has the outputs [scores, sides]");
  }
}
