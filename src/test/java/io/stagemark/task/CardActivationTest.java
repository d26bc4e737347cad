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
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A card's activation as the last step of an output, through tasks bound to tensors. */
final class CardActivationTest {
  private static final TensorSpec IN = new TensorSpec("x", ElementType.FLOAT32, List.of(1L, 2L));
  private static final double THREE_QUARTERS = Math.log(3); // σ(ln 3) = 3/4
  private static final Path TARGET = Path.of("t.npy");

  private static TaskSettings settings(
      String task, String decoder, Optional<Activation> last, String... labels) {
    return new TaskSettings(
        task,
        Optional.empty(),
        decoder.isEmpty()
            ? Optional.empty()
            : Optional.of(new DecoderSettings(decoder, 0.5, 0.5, 1, 1, Map.of())),
        new LabelMap(List.of(labels)),
        last.map(it -> Map.of("y", it)).orElse(Map.of()),
        List.of());
  }

  private static Tensor output(double... values) {
    Tensor tensor =
        Tensor.allocate(
            new TensorSpec("y", ElementType.FLOAT32, List.of(1L, (long) values.length)));
    for (int i = 0; i < values.length; i++) {
      tensor.floats().put(i, (float) values[i]);
    }
    return tensor;
  }

  private static List<ScoredClass> best(String decoder, Activation last, double... values)
      throws Exception {
    Tensor output = output(values);
    String[] labels = Arrays.copyOf(new String[] {"a", "b", "c"}, values.length);
    TaskSettings settings = settings("classification", decoder, Optional.of(last), labels);
    try (TaskSession session =
        new ClassificationTask()
            .bind(settings, List.of(Tensor.allocate(IN)), List.of(output.spec()), i -> output)) {
      session.postprocess(1);
      return ((Prediction.Classes) session.prediction(0)).best();
    }
  }

  // σ and softplus by definition: softplus(0) = ln 2; the logarithms are read as probabilities.
  @ParameterizedTest
  @CsvSource({
    "SIGMOID, 0.75",
    "LOG_SIGMOID, 0.75",
    "TANH, 0.8", // tanh(ln 3) = (9 − 1) / (9 + 1)
    "RELU, 1.0986122886681098",
    "SOFTPLUS, 1.3862943611198906", // ln (1 + 3)
    "SOFTMAX, 0.75",
    "LOG_SOFTMAX, 0.75"
  })
  void classification_eachActivation_isWhatTheBestClassIsReportedWith(
      Activation last, double expected) throws Exception {
    List<ScoredClass> best = best("classification", last, 0, THREE_QUARTERS);

    assertThat(best.get(0).classId()).isEqualTo(1);
    assertThat(best.get(0).score()).isCloseTo(expected, within(1e-7));
  }

  @Test
  void classification_logitsOfTenThousand_areStable() throws Exception {
    assertThat(best("classification", Activation.SOFTMAX, 1e4, -1e4, 1e4 - 1))
        .extracting(ScoredClass::classId)
        .containsExactly(0, 2, 1);
    assertThat(best("classification", Activation.LOG_SOFTMAX, 1e4, -1e4).get(0).score())
        .isEqualTo(1);
    assertThat(best("binary", Activation.SIGMOID, 1e4, -1e4))
        .containsExactly(new ScoredClass(0, 1));
    Scorer scorer =
        new ClassificationTask()
            .scorer(
                settings(
                    "classification",
                    "classification",
                    Optional.of(Activation.LOG_SOFTMAX),
                    "a",
                    "b"),
                List.of(IN),
                List.of("cross-entropy"));
    assertThat(add(scorer, new Truth.Label(List.of(1)), 1e4, -1e4).get(0).value()).isEqualTo(2e4);
  }

  // After ReLU both scores are 0: the lower class is answered, though its logit is less.
  @Test
  void classification_relu_isScoredByWhatCameOfIt() throws Exception {
    assertThat(best("classification", Activation.RELU, -2, -1).get(0).classId()).isZero();
    Scorer scorer =
        new ClassificationTask()
            .scorer(
                settings(
                    "classification", "classification", Optional.of(Activation.RELU), "a", "b"),
                List.of(IN),
                List.of("top-1"));
    assertThat(add(scorer, new Truth.Label(List.of(0)), -2, -1).get(0).value()).isEqualTo(1);
  }

  // tanh x > 1/2 from atanh(1/2) = ln 3 / 2 = .549 up
  @Test
  void binary_tanh_isOverTheThresholdAfterIt() throws Exception {
    assertThat(best("binary", Activation.TANH, 0.54, 0.56))
        .extracting(ScoredClass::classId)
        .containsExactly(1);
    CardActivation tanh = new CardActivation(Activation.TANH);
    assertThat(Math.tanh(tanh.before(0.5))).isCloseTo(0.5, within(1e-15));
    assertThat(new CardActivation(Activation.SOFTPLUS).before(Math.log(2)))
        .isCloseTo(0, within(1e-15));
  }

  private static List<Score> add(Scorer scorer, Truth truth, double... values) throws Exception {
    return scorer.add(
        "a",
        new Observation(
            new Prediction.Classes(List.of()), List.of(output(values)), Optional.empty()),
        truth);
  }

  @Test
  void scorer_lossesOfWhatIsNoProbability_areRefusedWithTheScoresThatAre() {
    ClassificationTask task = new ClassificationTask();
    assertThatThrownBy(
            () ->
                task.scorer(
                    settings("classification", "binary", Optional.of(Activation.TANH), "a", "b"),
                    List.of(IN),
                    List.of("bce", "ece", "accuracy")))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "a binary model of 2 classes whose scores are no probabilities after tanh has no score"
                + " bce, ece; it has accuracy, precision, recall");
    assertThatThrownBy(
            () ->
                task.scorer(
                    settings(
                        "classification",
                        "classification",
                        Optional.of(Activation.SIGMOID),
                        "a",
                        "b"),
                    List.of(IN),
                    List.of("cross-entropy")))
        .hasMessageContaining("in [0, 1] each by itself, not 1 in sum after sigmoid")
        .hasMessageContaining("it has top-1, precision, recall, ece");
  }

  // BCE of tanh(ln 3) = .8 is not defined; that of σ(ln 3) = 3/4 is ln 4/3 for a true term.
  @Test
  void tensors_lossAfterAnActivation_isTakenOfWhatCameOfItOrRefused() throws Exception {
    TensorsTask task = new TensorsTask();
    List<TensorSpec> outputs = List.of(output(0).spec());
    TaskSettings sigmoid = settings("tensors", "", Optional.of(Activation.SIGMOID));
    task.check(sigmoid, List.of(IN), outputs, List.of("bce", "focal"));
    Scorer scorer = task.scorer(sigmoid, List.of(IN), List.of("bce", "lovasz-hinge"));
    List<Score> scores = add(scorer, new Truth.Target(TARGET, output(1)), THREE_QUARTERS);
    assertThat(scores.get(0).value()).isCloseTo(Math.log(4.0 / 3), within(1e-7));
    assertThat(add(scorer, new Truth.Target(TARGET, output(0)), 1e4).get(0).value()).isEqualTo(1e4);

    TaskSettings tanh = settings("tensors", "", Optional.of(Activation.TANH));
    assertThatThrownBy(() -> task.check(tanh, List.of(IN), outputs, List.of("bce")))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "score bce is not defined after activation tanh: it goes with none, sigmoid,"
                + " log-sigmoid, softmax");
  }

  @Test
  void tensors_targetOfClasses_isReadAsOne() throws Exception {
    Scorer scorer =
        new TensorsTask()
            .scorer(
                settings("tensors", "", Optional.of(Activation.LOG_SOFTMAX)),
                List.of(IN),
                List.of("negative-log-likelihood", "cross-entropy"));
    List<Score> scores = add(scorer, new Truth.Target(TARGET, output(1)), 0, THREE_QUARTERS);
    assertThat(scores)
        .allSatisfy(s -> assertThat(s.value()).isCloseTo(Math.log(4.0 / 3), within(1e-7)));
    assertThatThrownBy(() -> add(scorer, new Truth.Target(TARGET, output(0, 1, 2)), 0, 1))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("example a: the target has shape [1, 3], the output [1, 2]");
    assertThatThrownBy(() -> add(scorer, new Truth.Target(TARGET, output(2)), 0, 1))
        .hasMessageContaining("example a: truth");
  }

  // A softmax over three classes of two cells: the numbers of a row lie two apart.
  @Test
  void activated_softmaxAlongTheClasses_leavesTheEnginesMemoryAlone() throws Exception {
    Tensor raw = Tensor.allocate(new TensorSpec("y", ElementType.FLOAT32, List.of(2L, 3L, 2L)));
    for (int i = 0; i < 12; i++) {
      raw.floats().put(i, i % 2 == 0 ? 0 : i / 2 % 3 == 1 ? (float) Math.log(2) : 0);
    }
    ActivatedOutputs activated =
        new ActivatedOutputs(Map.of("y", Activation.SOFTMAX), 3, List.of(raw.spec()), i -> raw);
    activated.run();
    for (int slot = 0; slot < 12; slot += 6) {
      assertThat(activated.apply(0).floats().get(slot)).isCloseTo(1f / 3, within(1e-7f));
      assertThat(activated.apply(0).floats().get(slot + 3)).isCloseTo(0.5f, within(1e-7f));
      assertThat(activated.apply(0).floats().get(slot + 5)).isCloseTo(0.25f, within(1e-7f));
    }
    assertThat(raw.floats().get(3)).isEqualTo((float) Math.log(2));
  }

  @Test
  void activated_whatCannotBe_isRefused() {
    List<TensorSpec> square =
        List.of(new TensorSpec("y", ElementType.FLOAT32, List.of(1L, 3L, 3L)));
    assertThatThrownBy(
            () -> new ActivatedOutputs(Map.of("y", Activation.SOFTMAX), 3, square, i -> output(0)))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("axis of the 3 classes; output y float32[1, 3, 3] has them on axes");
    assertThatThrownBy(
            () -> new ActivatedOutputs(Map.of("z", Activation.RELU), 3, square, i -> output(0)))
        .hasMessageContaining("activation of output 'z'; the model has the outputs [y]");
    List<TensorSpec> dynamic =
        List.of(new TensorSpec("y", ElementType.FLOAT32, List.of(1L, TensorSpec.DYNAMIC)));
    assertThatThrownBy(
            () -> new ActivatedOutputs(Map.of("y", Activation.TANH), 3, dynamic, i -> output(0)))
        .hasMessageContaining("activation tanh is for float32 of a known size");
  }

  private static long allocated(Runnable work) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      work.run();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 2000; i++) {
      work.run();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @ParameterizedTest
  @EnumSource
  void postprocess_eachActivation_allocatesNothing(Activation last) throws Exception {
    Tensor output = output(0, THREE_QUARTERS, -1, 7);
    TaskSettings card =
        settings("classification", "classification", Optional.of(last), "a", "b", "c", "d");
    List<Tensor> inputs = List.of(Tensor.allocate(IN));
    try (TaskSession classes =
            new ClassificationTask().bind(card, inputs, List.of(output.spec()), i -> output);
        TaskSession tensors =
            new TensorsTask().bind(card, inputs, List.of(output.spec()), i -> output)) {
      assertThat(allocated(() -> classes.postprocess(1))).isLessThan(2000);
      assertThat(allocated(() -> tensors.postprocess(1))).isLessThan(2000);
    }
  }
}
