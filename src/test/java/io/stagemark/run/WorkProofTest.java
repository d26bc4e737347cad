package io.stagemark.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Tensor;
import io.stagemark.data.Truth;
import io.stagemark.dataset.Example;
import io.stagemark.result.Validity.Code;
import io.stagemark.result.Validity.Reason;
import io.stagemark.result.WorkProof;
import io.stagemark.run.CheatingSession.Cheat;
import io.stagemark.run.verdict.CaseVerdict;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.TaskSession;
import io.stagemark.task.TaskSettings;
import io.stagemark.task.TensorsTask;
import io.stagemark.trial.TrialChecks;
import io.stagemark.trial.Trials;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.loop.MeasuredLoop.BatchLimits;
import io.stagemark.trial.proof.KeptOutputs;
import io.stagemark.trial.proof.WorkProbe;
import io.stagemark.trial.sample.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Engines that cheat are caught by their outputs; honest ones are not. */
final class WorkProofTest {
  private static final TaskSettings SETTINGS =
      new TaskSettings("tensors", Optional.empty(), Optional.empty(), new LabelMap(List.of()));
  private static final int EXAMPLES = 5;

  /** Measures 40 batches on five examples, of which two begin alike, and probes. */
  private static WorkProof proof(Cheat way, int examples) throws Exception {
    CheatingSession session = new CheatingSession(way);
    List<ExampleSource> sources = new ArrayList<>();
    List<Example> all = new ArrayList<>();
    for (int example = 0; example < examples; example++) {
      Tensor tensor = new CheatingSession(way).input;
      for (int i = 0; i < 16; i++) {
        tensor.floats().put(i, i == 0 ? example / 2 : 0.1f * example + 0.01f * i);
      }
      sources.add(new ExampleSource.InMemory(List.of(tensor)));
      all.add(new Example("" + example, Path.of("x"), List.of(tensor), new Truth.Unknown()));
    }
    TaskSession task =
        new TensorsTask()
            .bind(SETTINGS, List.of(session.input), session.outputs(), session::output);
    MeasuredLoop loop = new MeasuredLoop(session, task, sources, 1, TotalFrom.FILE);
    KeptOutputs kept =
        new KeptOutputs(
            all,
            session,
            task,
            new TensorsTask().scorer(SETTINGS, session.inputs(), List.of()),
            new KeptOutputs.Scope(1, 0, false));
    loop.measure(new Samples(40), new BatchLimits(0, 40), kept);
    return TrialChecks.work(
        true, kept.shared(), List.of(loop), WorkProbe.of(session, task, sources, 1, Set.of()));
  }

  private static List<Reason> reasons(WorkProof proof) {
    return CaseVerdict.reasons(List.of(Trials.good(1, Trials.proof(proof))), Map.of()).stream()
        .filter(reason -> reason.code() == Code.WORK_NOT_PROVEN)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"HONEST", "HONEST_CLASS", "HONEST_NOTHING"})
  void reasons_honestEngine_areNone(Cheat way) throws Exception {
    assertThat(reasons(proof(way, EXAMPLES))).isEmpty();
  }

  @Test
  void reasons_honestEngineOnOneExample_areNone() throws Exception {
    assertThat(reasons(proof(Cheat.HONEST, 1))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ONE_OUTPUT, trial 1: outputs do not change with the input (5 inputs)",
    "CONFUSES, trial 1: 2 of 5 examples got another input's outputs to the bit",
    "SKIPS, trial 1: 2 of 5 examples got another input's outputs to the bit"
  })
  void reasons_engineThatCachesOrSkips_sayHowItWasCaught(Cheat way, String found) throws Exception {
    assertThat(reasons(proof(way, EXAMPLES))).extracting(Reason::found).containsExactly(found);
  }

  // With one example there is nothing to mix up: only the probe can find it.
  @Test
  void reasons_skipsOnOneExample_areOfTheOverwrittenOutputs() throws Exception {
    assertThat(reasons(proof(Cheat.SKIPS, 1)))
        .extracting(Reason::found)
        .singleElement()
        .asString()
        .contains("forwards wrote no output");
  }

  // 20,000 rounds of 32 multiplications against a look into a map: a factor of hundreds.
  @Test
  void reasons_engineThatRemembersAnswers_areOfTheTimeForNewInputs() throws Exception {
    assertThat(reasons(proof(Cheat.REMEMBERS, EXAMPLES)))
        .extracting(Reason::found)
        .singleElement()
        .asString()
        .contains("on an input seen before");
  }

  @Test
  void staleOutputs_engineThatSkips_areCounted() throws Exception {
    assertThat(proof(Cheat.SKIPS, EXAMPLES).outputs().staleOutputs()).isPositive();
    assertThat(proof(Cheat.HONEST, EXAMPLES).outputs().staleOutputs()).isZero();
  }

  // One session of four forwards never moved, the other one did: the findings of the first are
  // returned.
  @Test
  void worst_sessions_isTheOneAgainstWhichMostSpeaks() {
    WorkProof.Probes honest = seen(0, 0, false);
    WorkProof.Probes skips = seen(1, 0, false);
    WorkProof.Probes ignores = seen(0, 2, false);
    WorkProof.Probes keeps = seen(0, 0, true);
    assertThat(WorkProof.Probes.worst(List.of(honest, ignores, skips))).isSameAs(ignores);
    assertThat(WorkProof.Probes.worst(List.of(honest, skips, keeps))).isSameAs(skips);
    assertThat(WorkProof.Probes.worst(List.of(honest, keeps))).isSameAs(keeps);
  }

  private static WorkProof.Probes seen(int unwritten, int unmoved, boolean slower) {
    return new WorkProof.Probes(
        4, unwritten, unmoved, OptionalLong.empty(), OptionalLong.empty(), slower);
  }

  @Test
  void reasons_engineWithoutAModel_areNone() throws Exception {
    WorkProof cheat = proof(Cheat.ONE_OUTPUT, EXAMPLES);
    WorkProof excused = new WorkProof(false, cheat.outputs(), cheat.probe(), cheat.largestChange());
    assertThat(reasons(excused)).isEmpty();
  }
}
