package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Task} keeps to. A test of a task extends it and names the task, a card with its
 * model's ports for a batch of 1, and an example.
 */
public abstract class TaskContract {
  /** Returns the task under test. */
  protected abstract Task task();

  /** Returns what the card says. */
  protected abstract TaskSettings settings();

  /** Returns the model's inputs. */
  protected abstract List<TensorSpec> inputs();

  /** Returns the model's outputs: float32, all zeros fit. */
  protected abstract List<TensorSpec> outputs();

  /** Returns scores that this model can have. */
  protected abstract List<String> fittingScores();

  /** Returns a score of the task that this model cannot have. */
  protected abstract String unfitScore();

  /** Returns an example. */
  protected abstract ExampleSource example() throws Exception;

  /** Returns its truth. */
  protected abstract Truth truth();

  /** Returns a truth of another kind of model. */
  protected abstract Truth truthOfAnotherKind();

  @Test
  void scores_always_areDistinctNames() {
    assertThat(task().name()).matches("[a-z0-9-]+");
    assertThat(task().scores())
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z0-9-]+"))
        .containsAll(fittingScores())
        .contains(unfitScore());
  }

  @Test
  void check_scoresOfTheModel_areTaken() throws Exception {
    task().check(settings(), inputs(), outputs(), List.of());
    task().check(settings(), inputs(), outputs(), fittingScores());
  }

  @Test
  void check_scoreThatTheModelCannotHave_isRefusedByName() {
    assertThatThrownBy(() -> task().check(settings(), inputs(), outputs(), List.of(unfitScore())))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining(unfitScore());
  }

  @Test
  void scorer_scoreThatTheTaskDoesNotHave_isRefusedWithThoseItHas() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> task().scorer(settings(), inputs(), List.of("no-such-score")))
        .withMessageContaining("no-such-score")
        .withMessageContaining(task().scores().get(0));
  }

  @Test
  void scorer_noScores_needsNothingAndSaysNothing() throws Exception {
    Scorer scorer = task().scorer(settings(), inputs(), List.of());
    assertThat(scorer.needsOutputs()).isFalse();
    assertThat(scorer.finish()).isEmpty();
  }

  @Test
  void check_truthOfAnotherKind_isRefusedWithTheExample() throws Exception {
    Scorer scorer = task().scorer(settings(), inputs(), fittingScores());
    scorer.check("mine", truth());
    assertThatThrownBy(() -> scorer.check("another", truthOfAnotherKind()))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("another");
  }

  @Test
  void stages_oneExample_giveAnObservationThatTheScorerReads() throws Exception {
    List<Tensor> inputs = inputs().stream().map(Tensor::allocate).toList();
    List<Tensor> outputs = outputs().stream().map(Tensor::allocate).toList();
    TaskSession session = task().bind(settings(), inputs, outputs(), outputs::get);
    session.decode(0, example());
    session.preprocess(1);
    session.postprocess(1);
    Observation observed = session.observe(0, true);
    assertThat(observed.outputs()).hasSameSizeAs(outputs);
    assertThat(session.observe(0, false).outputs()).isEmpty();

    outputs.get(0).floats().put(0, 1); // the engine's memory: a copy was asked for
    assertThat(observed.outputs().get(0).floats().get(0)).isZero();
    assertThat(session.prediction(0)).hasSameClassAs(observed.prediction());

    Scorer scorer = task().scorer(settings(), inputs(), fittingScores());
    List<Score> one = scorer.add("mine", observed, truth());
    assertThat(one).allMatch(score -> fittingScores().contains(score.name()));
    List<Score> all = scorer.finish();
    assertThat(all).hasSizeGreaterThanOrEqualTo(fittingScores().size());
    assertThat(all).allSatisfy(score -> assertThat(score.count()).isEqualTo(1));
    session.close();
    session.close();
  }

  @Test
  void scorer_sameExampleTwice_hasItsFiguresAsTheMean() throws Exception {
    List<Tensor> inputs = inputs().stream().map(Tensor::allocate).toList();
    List<Tensor> outputs = outputs().stream().map(Tensor::allocate).toList();
    Scorer scorer = task().scorer(settings(), inputs(), fittingScores());
    try (TaskSession session = task().bind(settings(), inputs, outputs(), outputs::get)) {
      session.decode(0, example());
      session.preprocess(1);
      session.postprocess(1);
      Observation observed = session.observe(0, true);
      List<Score> first = scorer.add("one", observed, truth());
      assertThat(scorer.add("two", observed, truth())).isEqualTo(first);
      for (Score score : first) {
        assertThat(scorer.finish())
            .filteredOn(it -> it.name().equals(score.name()))
            .singleElement()
            .satisfies(it -> assertThat(it.value()).isEqualTo(score.value()))
            .satisfies(it -> assertThat(it.unit()).isEqualTo(score.unit()))
            .satisfies(it -> assertThat(it.lowerIsBetter()).isEqualTo(score.lowerIsBetter()));
      }
    }
  }

  @Test
  void state_twoPartsInAnyOrder_giveTheFiguresOfTheWhole() throws Exception {
    List<Tensor> inputs = inputs().stream().map(Tensor::allocate).toList();
    List<Tensor> outputs = outputs().stream().map(Tensor::allocate).toList();
    Scorer whole = task().scorer(settings(), inputs(), fittingScores());
    List<Scorer> parts = new ArrayList<>();
    try (TaskSession session = task().bind(settings(), inputs, outputs(), outputs::get)) {
      session.decode(0, example());
      session.preprocess(1);
      for (String id : List.of("one", "two", "three")) {
        outputs.get(0).floats().put(0, id.length() / 8f);
        session.postprocess(1);
        Observation observed = session.observe(0, true);
        whole.add(id, observed, truth());
        Scorer part = task().scorer(settings(), inputs(), fittingScores());
        part.add(id, observed, truth());
        parts.add(0, part);
      }
    }
    Assumptions.assumeTrue(whole.state().isPresent(), "it cannot be scored in parts");
    Scorer merged = task().scorer(settings(), inputs(), fittingScores());
    parts.add(task().scorer(settings(), inputs(), fittingScores())); // a part may be empty
    for (Scorer part : parts) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      part.state().orElseThrow().write(new DataOutputStream(bytes));
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      merged.state().orElseThrow().add(in);
      assertThat(in.read()).as("everything is read again").isEqualTo(-1);
    }
    assertThat(merged.finish()).isEqualTo(whole.finish());
    assertThat(merged.classes()).isEqualTo(whole.classes());
  }
}
