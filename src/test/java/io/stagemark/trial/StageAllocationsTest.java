package io.stagemark.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.LapProbe;
import io.stagemark.data.Prediction;
import io.stagemark.run.FakeSession;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Observation;
import io.stagemark.task.TaskSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StageAllocationsTest {
  private static final List<ExampleSource> SOURCES =
      List.of(new ExampleSource.ImageFile(Path.of("a")), new ExampleSource.ImageFile(Path.of("b")));

  /** An array of n bytes takes n and a header of 16 (with 4-byte class pointers), to 8. */
  @Test
  void measure_stagesThatAllocateKnownArrays_findsEachInItsStage() throws Exception {
    Map<String, Double> bytes =
        new StageAllocations(new FakeSession(2), new Stages(), SOURCES, 2).measure();
    assertThat(bytes.keySet()).containsExactly("decode", "preprocess", "forward", "postprocess");
    // Two examples a batch, 1 MiB each; interpreted code may add some hundred bytes.
    assertThat(bytes.get("decode")).isCloseTo(2 * (1 << 20), within(4096.0));
    assertThat(bytes.get("postprocess")).isCloseTo(1 << 16, within(4096.0));
    assertThat(bytes.get("preprocess")).isLessThan(4096);
    assertThat(bytes.get("forward")).isLessThan(4096);
  }

  @Test
  void measure_engineThatAlwaysFails_hasNoFigures() throws Exception {
    FakeSession session = new FakeSession(1);
    session.failEvery = 1;
    assertThat(new StageAllocations(session, new Stages(), SOURCES, 1).measure()).isEmpty();
  }

  private static final class Stages implements TaskSession {
    private byte[] kept = new byte[0];

    @Override
    public void decode(int slot, ExampleSource source) {
      kept = new byte[1 << 20];
    }

    @Override
    public void preprocess(int count) {}

    @Override
    public void postprocess(int count) {
      kept = new byte[1 << 16];
    }

    @Override
    public Prediction prediction(int slot) {
      return new Prediction.Raw();
    }

    @Override
    public Observation observe(int slot, boolean withOutputs) {
      return new Observation(prediction(slot), List.of(), Optional.empty());
    }

    @Override
    public void measureSubStages(LapProbe preprocess, LapProbe postprocess) {}

    @Override
    public void close() {
      kept = new byte[0];
    }
  }
}
