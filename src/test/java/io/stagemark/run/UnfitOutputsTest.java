package io.stagemark.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.LabelMap;
import io.stagemark.data.Score;
import io.stagemark.data.Tensor;
import io.stagemark.data.Truth;
import io.stagemark.dataset.Example;
import io.stagemark.result.CandidateFigures;
import io.stagemark.result.CandidateFigures.Spread;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.OutputProof;
import io.stagemark.result.TrialProof;
import io.stagemark.result.TrialResult;
import io.stagemark.result.Validity.Code;
import io.stagemark.result.Validity.Reason;
import io.stagemark.run.verdict.OutputVerdict;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Scorer;
import io.stagemark.task.TaskSession;
import io.stagemark.task.TaskSettings;
import io.stagemark.task.TensorsTask;
import io.stagemark.trial.Trials;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.proof.KeptOutputs;
import io.stagemark.trial.sample.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One example that cannot be scored leaves the case without scores, and INVALID, and is named. */
final class UnfitOutputsTest {
  private static final TaskSettings SETTINGS =
      new TaskSettings("tensors", Optional.empty(), Optional.empty(), new LabelMap(List.of()));

  /** Four examples of 16 numbers; the engine puts out what is put in. */
  private static KeptOutputs kept(List<String> names, float... fifth) throws Exception {
    FakeSession session = new FakeSession(1);
    List<Example> examples = new ArrayList<>();
    List<ExampleSource> sources = new ArrayList<>();
    for (int i = 0; i < fifth.length; i++) {
      Tensor tensor = new FakeSession(1).input;
      for (int n = 0; n < 16; n++) {
        tensor.floats().put(n, .25f + i / 64f);
      }
      tensor.floats().put(4, fifth[i]);
      Tensor target = new FakeSession(1).output;
      examples.add(
          new Example(
              "e" + i, Path.of("x"), List.of(tensor), new Truth.Target(Path.of("t"), target)));
      sources.add(new ExampleSource.InMemory(List.of(tensor)));
    }
    TaskSession task =
        new TensorsTask()
            .bind(SETTINGS, List.of(session.input), session.outputs(), session::output);
    Scorer scorer = new TensorsTask().scorer(SETTINGS, session.inputs(), names);
    KeptOutputs kept =
        new KeptOutputs(
            examples, session, task, scorer, new KeptOutputs.Scope(1, 0, !names.isEmpty()));
    MeasuredLoop loop =
        new MeasuredLoop(
            session, task, sources, 1, io.stagemark.config.MeasureSettings.TotalFrom.FILE);
    loop.discarded(); // the measurement begins at the second example
    loop.measure(new Samples(10), new MeasuredLoop.BatchLimits(0, 4), kept);
    return kept;
  }

  private static TrialResult trial(KeptOutputs kept) {
    TrialProof plain = Trials.proof(Trials.WORK);
    OutputProof outputs = kept.tally().proof(true, Optional.empty());
    return Trials.good(
        1,
        new TrialProof(
            plain.steadiness(),
            plain.work(),
            plain.clock(),
            plain.slowest(),
            Optional.of(outputs)));
  }

  @Test
  void scores_twoExamplesNotFinite_areNotTakenAndTheReasonNamesThem() throws Exception {
    KeptOutputs kept = kept(List.of("bce"), .5f, Float.NaN, .5f, Float.NEGATIVE_INFINITY);
    List<ExampleResult> examples = kept.score();

    assertThat(kept.scores())
        .singleElement()
        .matches(score -> Double.isNaN(score.value()) && score.count() == 0);
    assertThat(examples).extracting(ExampleResult::id).containsExactly("e0", "e1", "e2", "e3");
    assertThat(examples.get(1).scores()).isEmpty();
    assertThat(examples.get(2).scores()).hasSize(1);
    assertThat(OutputVerdict.reasons(List.of(trial(kept))))
        .extracting(Reason::code, Reason::found)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                Code.OUTPUTS_NOT_FINITE,
                "output 'y' is not finite in 2 of 4 examples (e1, e3): 1 numbers are NaN, 1"
                    + " infinite: no score can be taken"));
    assertThat(OutputVerdict.notes(List.of(trial(kept)))).isEmpty();
  }

  @Test
  void scores_finiteOutputs_areTaken() throws Exception {
    KeptOutputs kept = kept(List.of("bce"), .5f, .25f, .5f, .75f);
    kept.score();
    // the target is 0 everywhere: −ln(1 − p), the mean of 16 numbers of each example
    Score score = kept.scores().get(0);
    assertThat(score.count()).isEqualTo(4);
    assertThat(score.value()).isBetween(.28, .36);
    assertThat(OutputVerdict.reasons(List.of(trial(kept)))).isEmpty();
  }

  @Test
  void notes_notFiniteInARunOfTimesAlone_sayItWithoutAReason() throws Exception {
    KeptOutputs kept = kept(List.of(), .5f, Float.NaN, .5f, .5f);
    assertThat(kept.scores()).isEmpty();
    assertThat(OutputVerdict.reasons(List.of(trial(kept)))).isEmpty();
    assertThat(OutputVerdict.notes(List.of(trial(kept))))
        .singleElement()
        .asString()
        .startsWith("output 'y' is not finite in 1 of 4 examples (e1): 1 numbers are NaN");
  }

  // bce takes probabilities: 1.5 is none. The trial keeps its times.
  @Test
  void scores_exampleThatItsScorerRefuses_isAReasonAndNoLostTrial() throws Exception {
    KeptOutputs kept = kept(List.of("bce"), .5f, 1.5f, .5f, .5f);
    assertThat(kept.score()).hasSize(4);
    assertThat(kept.scores()).allMatch(score -> Double.isNaN(score.value()));
    assertThat(OutputVerdict.reasons(List.of(trial(kept))))
        .singleElement()
        .matches(reason -> reason.code() == Code.NOT_SCORABLE)
        .matches(
            reason -> reason.found().startsWith("1 of 4 examples cannot be scored: example e1"));
  }

  private static List<String> nothingRight(String score, double value, long count, int kept) {
    Spread spread = new Spread(0, 0, kept);
    return OutputVerdict.nothingRight(
        List.of(new Score(score, value, "ratio", false, count)),
        Optional.of(new CandidateFigures(4, spread, spread, spread, 0)));
  }

  @Test
  void nothingRight_answersThatAreAllWrong_hintAtTheCard() {
    assertThat(nothingRight("coco-ap50", 0, 4, 7)).singleElement().asString().contains("labels");
    assertThat(nothingRight("coco-ap50", 1e-4, 4, 7)).isEmpty();
    assertThat(nothingRight("coco-ap50", 0, 4, 0)).isEmpty();
    assertThat(nothingRight("top-1", 0, 20, 0)).singleElement().asString().contains("of 20");
    assertThat(nothingRight("top-1", 0, 19, 0)).isEmpty();
    assertThat(nothingRight("top-1", Double.NaN, 20, 0)).isEmpty();
  }
}
