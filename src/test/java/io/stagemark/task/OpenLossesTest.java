package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.CandidateCounts;
import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Prediction;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.scoring.activation.Activation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Losses of the class path that no task has a name for: taken where they are defined for the
 * outputs, refused elsewhere. {@code DroppedInDoorsTest} does the same with a stranger's.
 */
final class OpenLossesTest {
  private static final TensorSpec IN = new TensorSpec("x", ElementType.FLOAT32, List.of(1L, 2L));
  private static final float LN_3 = (float) Math.log(3);
  private static final double RIGHT = Math.log(4.0 / 3); // −ln 3/4
  private static final double WRONG = Math.log(4); // −ln 1/4

  private static TaskSettings classifier(String decoder, Map<String, Activation> last) {
    return new TaskSettings(
        "classification",
        Optional.empty(),
        Optional.of(new DecoderSettings(decoder, 0.5, 0.5, 1, 1, Map.of())),
        new LabelMap(List.of("a", "b")),
        last,
        List.of());
  }

  private static List<Score> scores(
      TaskSettings settings, Truth truth, float[] output, String... names) throws Exception {
    Scorer scorer = new ClassificationTask().scorer(settings, List.of(IN), List.of(names));
    Observation observed =
        new Observation(
            new Prediction.Classes(List.of()),
            List.of(TaskBed.floats(output, "y", 1, output.length)),
            Optional.empty());
    List<Score> one = scorer.add("a", observed, truth);
    assertThat(scorer.finish()).isEqualTo(one); // the mean of one example
    return one;
  }

  private static void assertValues(List<Score> scores, double... expected) {
    assertThat(scores).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(scores.get(i).value())
          .as(scores.get(i).name())
          .isCloseTo(expected[i], within(1e-7));
    }
  }

  // Softmax of 0 and ln 3 is 1/4 and 3/4. Lovász of one pixel of class 1: 1 − 3/4.
  @Test
  void classification_logits_areGivenInTheFormThatEachLossReads() throws Exception {
    List<Score> scores =
        scores(
            classifier("classification", Map.of("y", Activation.SOFTMAX)),
            new Truth.Label(List.of(1)),
            new float[] {0, LN_3},
            "negative-log-likelihood",
            "focal-multiclass",
            "lovasz-softmax");
    assertValues(scores, RIGHT, RIGHT / 16, 0.25);
    assertThat(scores).extracting(Score::unit).containsExactly("nat", "nat", "ratio");
  }

  // σ of 0 and ln 3: 1/2 (false, ln 2) and 3/4 (true). Errors of the hinge: 1 and 1 − ln 3 < 0.
  @Test
  void binary_logits_areGivenInTheFormThatEachLossReads() throws Exception {
    List<Score> scores =
        scores(
            classifier("binary", Map.of("y", Activation.SIGMOID)),
            new Truth.Label(List.of(1)),
            new float[] {0, LN_3},
            "bce-with-logits",
            "bce",
            "lovasz-hinge");
    double bce = (Math.log(2) + RIGHT) / 2;
    // the error of 1 is taken first and makes the IoU of the one true term 1/2
    assertValues(scores, bce, bce, 0.5);
  }

  @Test
  void check_lossThatIsNotDefinedForTheOutputs_isRefusedWithThoseThatAre() {
    assertThatThrownBy(
            () ->
                new ClassificationTask()
                    .scorer(
                        classifier("binary", Map.of()), List.of(IN), List.of("bce-with-logits")))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "a binary model of 2 classes has no score bce-with-logits; it has accuracy, precision,"
                + " recall, log-loss, bce, focal, focal-unweighted, ece, lovasz-softmax");
    assertThatThrownBy(
            () ->
                new ClassificationTask()
                    .scorer(
                        classifier("classification", Map.of()),
                        List.of(IN),
                        List.of("negative-log-likelihood")))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("has no score negative-log-likelihood; it has top-1");
  }

  private static final List<TensorSpec> IMAGE =
      List.of(new TensorSpec("images", ElementType.FLOAT32, List.of(1L, 3L, 8L, 8L)));

  private static Observation observed(Prediction prediction, Tensor... outputs) {
    return new Observation(
        prediction, List.of(outputs), Optional.of(new Geometry(8, 8, 1, 1, 0, 0)));
  }

  /** Four cells of 4 px, the second with this score; its box is (4, 0) ± 2. */
  private static Observation centers(float other, float second) {
    Tensor sides = TaskBed.output("sides", ElementType.FLOAT32, 1, 4, 2, 2);
    for (int i = 0; i < 16; i++) {
      sides.floats().put(i, 2);
    }
    return observed(
        new Prediction.Objects(List.of(), new CandidateCounts(0, 0, 0, 0)),
        TaskBed.floats(new float[] {other, second, other, other}, "scores", 1, 1, 2, 2),
        sides);
  }

  private static TaskSettings detector(String decoder, Map<String, Activation> last) {
    return TaskBed.settings("detection", TaskBed.decoder(decoder), last, 1);
  }

  // One positive of four terms: softplus(−ln 3) + 3 softplus(−20); Lovász's only error counts 1/4.
  @Test
  void detection_logits_areSummedOverPositives() throws Exception {
    TaskSettings card = detector("centernet", Map.of("scores", Activation.SIGMOID));
    Observation observed = centers(-20, LN_3);
    Truth truth = new Truth.Objects(List.of(new Annotation(new Box(2, 0, 6, 2), 0, 8, false)));
    List<String> names = List.of("bce-with-logits", "bce", "lovasz-softmax");
    List<TensorSpec> outputs = observed.outputs().stream().map(Tensor::spec).toList();
    new DetectionTask().check(card, IMAGE, outputs, names);
    Scorer scorer = new DetectionTask().scorer(card, IMAGE, names);

    double bce = RIGHT + 3 * Math.log1p(Math.exp(-20));
    List<Score> scores = scorer.add("a", observed, truth);
    assertValues(scores, bce, bce, 0.25);
    assertThat(scorer.finish()).isEqualTo(scores);
    assertThat(scores).extracting(Score::unit).containsExactly("nat", "nat", "ratio");
  }

  @Test
  void detection_lossThatIsNotDefinedForTheDecoder_isRefusedBeforeItRuns() throws Exception {
    List<TensorSpec> outputs = centers(0, 0).outputs().stream().map(Tensor::spec).toList();
    assertThatThrownBy(
            () ->
                new DetectionTask()
                    .check(
                        detector("centernet", Map.of()),
                        IMAGE,
                        outputs,
                        List.of("bce-with-logits")))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "score bce-with-logits is not defined for probabilities, which decoder centernet"
                + " gives; it has coco-ap, focal, focal-unweighted, bce, lovasz-softmax");
    List<TensorSpec> endToEnd =
        List.of(new TensorSpec("y", ElementType.FLOAT32, List.of(1L, 10L, 6L)));
    TaskSettings yolov10 = detector("yolov10", Map.of());
    new DetectionTask().check(yolov10, IMAGE, endToEnd, List.of("coco-ap"));
    assertThatThrownBy(
            () -> new DetectionTask().check(yolov10, IMAGE, endToEnd, List.of("coco-ap", "focal")))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "decoder yolov10 gives no score of each class for every candidate, which losses are"
                + " taken from; it has coco-ap");
  }

  // tanh makes numbers of any size, which logits are; it makes no probabilities
  @Test
  void tensors_lossOfLogits_isTakenBeforeASigmoidAndAfterTanh() throws Exception {
    TensorsTask task = new TensorsTask();
    for (Activation last : List.of(Activation.SIGMOID, Activation.TANH)) {
      TaskSettings settings =
          new TaskSettings(
              "tensors",
              Optional.empty(),
              Optional.empty(),
              new LabelMap(List.of()),
              Map.of("y", last),
              List.of());
      Scorer scorer = task.scorer(settings, List.of(IN), List.of("bce-with-logits"));
      Observation observed =
          new Observation(
              new Prediction.Raw(),
              List.of(TaskBed.floats(new float[] {LN_3}, "y", 1, 1)),
              Optional.empty());
      double logit = last == Activation.TANH ? 0.8 : Math.log(3); // tanh(ln 3) = 8/10
      List<Score> scores =
          scorer.add(
              "a",
              observed,
              new Truth.Target(Path.of("t.npy"), TaskBed.floats(new float[] {0}, "t", 1, 1)));
      assertValues(scores, Math.log1p(Math.exp(logit)));
    }
  }

  @Test
  void losses_ofProbabilities_areThoseWorkedByHand() throws Exception {
    List<Score> scores =
        scores(
            classifier("classification", Map.of()),
            new Truth.Label(List.of(1)),
            new float[] {0.75f, 0.25f},
            "cross-entropy",
            "label-smoothing",
            "focal-multiclass");
    assertValues(scores, WRONG, 0.95 * WRONG + 0.05 * RIGHT, 9 * WRONG / 16);
  }
}
