package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.ElementType;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Prediction;
import io.stagemark.data.Prediction.ScoredClass;
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

/** Classifiers on tensors, with outputs written by hand. */
final class ClassificationTaskTest {
  private static final TensorSpec IN = new TensorSpec("x", ElementType.FLOAT32, List.of(1L, 2L));
  private static final double RIGHT = Math.log(4.0 / 3); // the cross entropy of p = 3/4
  private static final double WRONG = Math.log(4); // and of p = 1/4

  private static TaskSettings settings(String decoder, Map<String, Activation> last, String... of) {
    return new TaskSettings(
        "classification",
        Optional.empty(),
        Optional.of(new DecoderSettings(decoder, 0.5, 0.5, 1, 1, Map.of())),
        new LabelMap(List.of(of)),
        last,
        List.of());
  }

  private static Tensor output(float... values) {
    Tensor tensor =
        Tensor.allocate(
            new TensorSpec("y", ElementType.FLOAT32, List.of(1L, (long) values.length)));
    tensor.floats().put(0, values);
    return tensor;
  }

  private static Observation observed(float... values) {
    return new Observation(
        new Prediction.Classes(List.of()), List.of(output(values)), Optional.empty());
  }

  private static Prediction prediction(TaskSettings settings, float... values) throws Exception {
    Tensor output = output(values);
    try (TaskSession session =
        new ClassificationTask()
            .bind(settings, List.of(Tensor.allocate(IN)), List.of(output.spec()), i -> output)) {
      session.postprocess(1);
      return session.prediction(0);
    }
  }

  private static double value(List<Score> scores, String name) {
    return scores.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow().value();
  }

  @Test
  void postprocess_sevenProbabilities_keepsTheFiveBestTiesToTheLowerClass() throws Exception {
    Prediction.Classes classes =
        (Prediction.Classes)
            prediction(
                settings("classification", Map.of(), "a", "b", "c", "d", "e", "f", "g"),
                0,
                0.125f,
                0.25f,
                0.25f,
                0.0625f,
                0.03125f,
                0.28125f);
    assertThat(classes.best())
        .containsExactly(
            new ScoredClass(6, 0.28125),
            new ScoredClass(2, 0.25),
            new ScoredClass(3, 0.25),
            new ScoredClass(1, 0.125),
            new ScoredClass(4, 0.0625));
  }

  // e^0 : e^ln3 = 1 : 3
  @Test
  void postprocess_softmax_givesProbabilities() throws Exception {
    Prediction.Classes classes =
        (Prediction.Classes)
            prediction(
                settings("classification", Map.of("y", Activation.SOFTMAX), "a", "b"),
                0,
                (float) Math.log(3));

    assertThat(classes.best()).extracting(ScoredClass::classId).containsExactly(1, 0);
    assertThat(classes.best().get(0).score()).isCloseTo(0.75, within(1e-7));
  }

  @Test
  void postprocess_binary_keepsTheClassesAboveTheThreshold() throws Exception {
    assertThat(prediction(settings("binary", Map.of(), "a", "b", "c"), 0.5f, 0.75f, 0.25f))
        .isEqualTo(new Prediction.Classes(List.of(new ScoredClass(1, 0.75))));
    assertThat(
            prediction(settings("binary", Map.of("y", Activation.SIGMOID), "a", "b"), 0f, -0.001f))
        .isEqualTo(new Prediction.Classes(List.of()));
  }

  // focal: (1/4)² ln 4/3 and (3/4)² ln 4; smoothing: 0.9 ce_y + 0.05 (ln 4/3 + ln 4) each.
  @Test
  void scorer_probabilities_givesTheFiguresWorkedByHand() throws Exception {
    TaskSettings settings = settings("classification", Map.of(), "cat", "dog");
    List<String> names =
        List.of(
            "top-1",
            "cross-entropy",
            "log-loss",
            "label-smoothing",
            "focal",
            "precision",
            "recall",
            "ece");
    Scorer scorer = new ClassificationTask().scorer(settings, List.of(IN), names);
    List<Score> first = scorer.add("a", observed(0.75f, 0.25f), new Truth.Label(List.of(0)));
    scorer.add("b", observed(0.75f, 0.25f), new Truth.Label(List.of(1)));
    List<Score> scores = scorer.finish();

    assertThat(value(first, "cross-entropy")).isCloseTo(RIGHT, within(1e-15));
    assertThat(scores).extracting(Score::name).isEqualTo(names);
    assertThat(value(scores, "top-1")).isEqualTo(0.5);
    assertThat(value(scores, "cross-entropy")).isCloseTo((RIGHT + WRONG) / 2, within(1e-15));
    assertThat(value(scores, "log-loss")).isEqualTo(value(scores, "cross-entropy"));
    assertThat(value(scores, "label-smoothing")).isCloseTo((RIGHT + WRONG) / 2, within(1e-15));
    assertThat(value(scores, "focal")).isCloseTo((RIGHT + 9 * WRONG) / 32, within(1e-15));
    // cat: predicted twice, right once, found; dog: never predicted, not found
    assertThat(value(scores, "precision")).isEqualTo(0.5);
    assertThat(value(scores, "recall")).isEqualTo(0.5);
    assertThat(value(scores, "ece")).isCloseTo(0.25, within(1e-15));
    assertThat(scorer.classes()).extracting("name").containsExactly("cat", "dog");
    assertThat(scorer.classes().get(1).figures().get(0).value()).isNaN();
  }

  // logits 0 and ln 3 are the probabilities 1/4 and 3/4
  @Test
  void scorer_logits_givesTheFiguresOfTheirSoftmax() throws Exception {
    TaskSettings settings =
        settings("classification", Map.of("y", Activation.SOFTMAX), "cat", "dog");
    Scorer scorer =
        new ClassificationTask()
            .scorer(settings, List.of(IN), List.of("cross-entropy", "label-smoothing", "focal"));
    scorer.add("a", observed(0, (float) Math.log(3)), new Truth.Label(List.of(1)));

    assertThat(value(scorer.finish(), "cross-entropy")).isCloseTo(RIGHT, within(1e-7));
    assertThat(value(scorer.finish(), "label-smoothing"))
        .isCloseTo(0.95 * RIGHT + 0.05 * WRONG, within(1e-7));
    assertThat(value(scorer.finish(), "focal")).isCloseTo(RIGHT / 16, within(1e-7));
  }

  // Terms: p 3/4 true, p 1/4 false, p 3/4 false, p 1/4 true: half of them right.
  @Test
  void scorer_binary_givesTheFiguresWorkedByHand() throws Exception {
    Scorer scorer =
        new ClassificationTask()
            .scorer(
                settings("binary", Map.of(), "a", "b"),
                List.of(IN),
                List.of("accuracy", "precision", "recall", "bce", "ece"));
    scorer.add("1", observed(0.75f, 0.25f), new Truth.Label(List.of(0)));
    scorer.add("2", observed(0.75f, 0.25f), new Truth.Target(Path.of("t.npy"), output(0, 1)));
    List<Score> scores = scorer.finish();

    assertThat(value(scores, "accuracy")).isEqualTo(0.5);
    // a: predicted twice, true once, found; b: never predicted, true once
    assertThat(value(scores, "precision")).isEqualTo(0.5);
    assertThat(value(scores, "recall")).isEqualTo(0.5);
    assertThat(value(scores, "bce")).isCloseTo((RIGHT + WRONG) / 2, within(1e-15));
    // p 1/4: half true; p 3/4: half true
    assertThat(value(scores, "ece")).isCloseTo(0.25, within(1e-15));
  }

  @Test
  void scorer_scoreThatTheModelCannotHave_isRefusedWithThoseItHas() {
    TaskSettings two = settings("classification", Map.of(), "cat", "dog");
    assertThatThrownBy(() -> new ClassificationTask().scorer(two, List.of(IN), List.of("top-5")))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("of 2 classes has no score top-5; it has top-1, precision");
    TaskSettings binary = settings("binary", Map.of(), "cat");
    assertThatThrownBy(() -> new ClassificationTask().scorer(binary, List.of(IN), List.of("top-1")))
        .hasMessageContaining("no score top-1; it has accuracy");
  }

  @Test
  void add_truthOrOutputOfAnotherKind_namesTheExample() throws Exception {
    TaskSettings settings = settings("classification", Map.of(), "cat", "dog");
    Scorer scorer = new ClassificationTask().scorer(settings, List.of(IN), List.of("top-1"));
    assertThatThrownBy(() -> scorer.add("x.png", observed(1, 0), new Truth.Label(List.of(0, 1))))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("example x.png")
        .hasMessageContaining("one class of 2");
    assertThatThrownBy(() -> scorer.add("y.png", observed(1.5f, 0), new Truth.Label(List.of(0))))
        .hasMessageContaining("example y.png: probability of class 0 is 1.5");
  }

  @Test
  void bind_cardThatDoesNotFit_isRefused() {
    assertThatThrownBy(() -> prediction(settings("classification", Map.of(), "a"), 0, 1))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("the card has 1 label and the batch is 1");
    assertThatThrownBy(() -> prediction(settings("centernet", Map.of(), "a", "b"), 0, 1))
        .hasMessageContaining("no decoder 'centernet'");
    assertThatThrownBy(
            () -> prediction(settings("binary", Map.of("y", Activation.SOFTMAX), "a"), 0))
        .hasMessageContaining("softmax of one class is 1 everywhere");
    assertThatThrownBy(
            () -> prediction(settings("binary", Map.of("z", Activation.TANH), "a", "b"), 0, 1))
        .hasMessageContaining("names an activation of output 'z'")
        .hasMessageContaining("reads output 'y' alone");
  }
}
