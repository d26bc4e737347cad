package io.stagemark.trial.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Tensor;
import io.stagemark.data.Truth;
import io.stagemark.dataset.Example;
import io.stagemark.result.ExampleResult;
import io.stagemark.run.FakeSession;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.TaskSession;
import io.stagemark.task.TaskSettings;
import io.stagemark.task.TensorsTask;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.loop.MeasuredLoop.BatchLimits;
import io.stagemark.trial.sample.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KeptOutputsTest {
  private static final TaskSettings SETTINGS =
      new TaskSettings("tensors", Optional.empty(), Optional.empty(), new LabelMap(List.of()));

  // Warm-up is limited by time: two trials begin their measurement at different examples.
  @Test
  void keep_measurementBeginsAnywhereInTheRotation_sameExamplesInTheSameOrder() throws Exception {
    KeptOutputs fromTheFirst = kept(4, 1, 0);
    KeptOutputs fromTheThird = kept(4, 1, 2);
    assertThat(ids(fromTheThird)).isEqualTo(ids(fromTheFirst)).containsExactly("0", "1", "2", "3");
    assertThat(fromTheThird.inputFingerprints())
        .isEqualTo(fromTheFirst.inputFingerprints())
        .hasSize(2)
        .doesNotHaveDuplicates();
    assertThat(fromTheThird.fingerprint()).isEqualTo(fromTheFirst.fingerprint());
    assertThat(fromTheThird.forParity().get(1).outputs().get(0).floats().get(0)).isEqualTo(1);
  }

  // Five examples in batches of two: one batch of warm-up changes which two are in one batch.
  @Test
  void keep_otherNeighboursInTheBatch_sameDigests() throws Exception {
    KeptOutputs even = kept(5, 2, 0);
    KeptOutputs odd = kept(5, 2, 3);
    assertThat(odd.fingerprint()).isEqualTo(even.fingerprint());
    assertThat(odd.inputFingerprints()).isEqualTo(even.inputFingerprints()).hasSize(2);
  }

  private static List<String> ids(KeptOutputs kept) throws Exception {
    return kept.score().stream().map(ExampleResult::id).toList();
  }

  private static KeptOutputs kept(int exampleCount, int batch, int warmupBatches) throws Exception {
    FakeSession session = new FakeSession(batch);
    List<Example> examples = new ArrayList<>();
    List<ExampleSource> sources = new ArrayList<>();
    for (int i = 0; i < exampleCount; i++) {
      Tensor tensor = new FakeSession(1).input;
      tensor.floats().put(0, i);
      examples.add(
          new Example(Integer.toString(i), Path.of("x"), List.of(tensor), new Truth.Unknown()));
      sources.add(new ExampleSource.InMemory(List.of(tensor)));
    }
    TaskSession task =
        new TensorsTask()
            .bind(SETTINGS, List.of(session.input), session.outputs(), session::output);
    MeasuredLoop loop = new MeasuredLoop(session, task, sources, batch, TotalFrom.FILE);
    for (int i = 0; i < warmupBatches; i++) {
      loop.discarded();
    }
    KeptOutputs kept =
        new KeptOutputs(
            examples,
            session,
            task,
            new TensorsTask().scorer(SETTINGS, session.inputs(), List.of()),
            new KeptOutputs.Scope(batch, 2, false));
    loop.measure(new Samples(10), new BatchLimits(0, 10), kept);
    return kept;
  }
}
