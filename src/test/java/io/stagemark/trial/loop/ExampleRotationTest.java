package io.stagemark.trial.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.data.Prediction;
import io.stagemark.data.Truth;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Example;
import io.stagemark.engine.EngineSession;
import io.stagemark.gate.BlockTrial;
import io.stagemark.result.UnreadableExample;
import io.stagemark.run.FakeSession;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Observation;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import io.stagemark.trial.loop.MeasuredLoop.BatchLimits;
import io.stagemark.trial.sample.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An example that cannot be decoded costs itself, not the trial. */
final class ExampleRotationTest {
  private final List<Integer> kept = new ArrayList<>();
  private final List<String> decoded = new ArrayList<>();

  private static List<ExampleSource> files(int count) {
    return IntStream.range(0, count)
        .<ExampleSource>mapToObj(i -> new ExampleSource.ImageFile(Path.of("/data/" + i + ".jpg")))
        .toList();
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> i + ".jpg").toList();
  }

  private MeasuredLoop loop(int examples, int batch, Set<String> damaged) {
    EngineSession session = new FakeSession(batch);
    TaskSession stages =
        new TaskSession() {
          @Override
          public void decode(int slot, ExampleSource source) throws TaskException {
            Path path = ((ExampleSource.ImageFile) source).file().path();
            if (damaged.contains(String.valueOf(path.getFileName()))) {
              throw new TaskException("image " + path + ": damaged inside");
            }
            decoded.add(String.valueOf(path.getFileName()));
          }

          @Override
          public void preprocess(int count) {}

          @Override
          public void postprocess(int count) {}

          @Override
          public Prediction prediction(int slot) {
            throw new UnsupportedOperationException();
          }

          @Override
          public Observation observe(int slot, boolean withOutputs) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void close() {}
        };
    return new MeasuredLoop(session, stages, files(examples), batch, TotalFrom.FILE);
  }

  private void keep(int example, int slot) {
    kept.add(example);
  }

  // Of 0 1 2 3 4 the rotation is 0 2 3 4: batches of two are (0 2) (3 4).
  @Test
  void measure_oneDamagedPicture_isLeftOutAndNamedAndTheOthersAreMeasured() throws Exception {
    MeasuredLoop loop = loop(5, 2, Set.of("1.jpg"));
    Samples samples = new Samples(8);
    loop.measure(samples, new BatchLimits(0, 4), this::keep);
    assertThat(samples.count()).isEqualTo(4);
    assertThat(samples.firstExamples()).containsExactly(0, 3, 0, 3);
    assertThat(kept).containsExactly(0, 2, 3, 4);
    assertThat(loop.rotation().leftOut(ids(5)))
        .containsExactly(new UnreadableExample("1.jpg", "damaged inside"));
    assertThat(loop.failedBatches()).isZero();
    assertThat(loop.rotation().readable()).hasSize(4).doesNotContain(files(2).get(1));
    // 0 is decoded twice: the batch was begun anew
    assertThat(decoded)
        .containsExactly(
            "0.jpg", "0.jpg", "2.jpg", "3.jpg", "4.jpg", "0.jpg", "2.jpg", "3.jpg", "4.jpg");
  }

  // 6 examples by 4: (0 1 2 3) (4 5 0 1) (2 3 4 5); without one of them 5 batches of 4
  @Test
  void batches_anyRotation_areThoseUntilTheSameComeAgain() throws Exception {
    assertThat(loop(6, 4, Set.of()).rotation().batches()).isEqualTo(3);
    assertThat(loop(4, 1, Set.of()).rotation().batches()).isEqualTo(4);
    assertThat(loop(4, 8, Set.of()).rotation().batches()).isEqualTo(1);
    MeasuredLoop damaged = loop(6, 4, Set.of("2.jpg"));
    damaged.measure(new Samples(5), new BatchLimits(0, 5), this::keep);
    assertThat(damaged.rotation().batches()).isEqualTo(5);
  }

  @Test
  void measure_damagedFirstOrLast_keepsTheOrderOfTheOthers() throws Exception {
    MeasuredLoop loop = loop(4, 3, Set.of("0.jpg", "3.jpg"));
    loop.measure(new Samples(4), new BatchLimits(0, 2), this::keep);
    // 0 falls out: (1 2 3); 3 falls out: (1 2 1)
    assertThat(kept).containsExactly(1, 2);
    assertThat(loop.rotation().leftOut(ids(4)))
        .extracting(UnreadableExample::id)
        .containsExactly("0.jpg", "3.jpg");
    assertThat(loop.rotation().batchFrom(2)).containsExactly(2, 1);
    assertThat(loop.rotation().batchFrom(3)).containsExactly(3);
  }

  @Test
  void discarded_damagedPicture_isFoundInTheWarmUp() throws Exception {
    MeasuredLoop loop = loop(3, 1, Set.of("2.jpg"));
    for (int i = 0; i < 3; i++) {
      assertThat(loop.discarded()).isPositive();
    }
    MeasuredLoop other = loop(3, 1, Set.of("2.jpg"));
    other.compareWith(loop);
    assertThat(other.rotation().leftOut(ids(3))).hasSize(1);
    loop.settle(2);
    loop.measure(new Samples(4), new BatchLimits(0, 1), this::keep);
    assertThat(kept).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void measure_everyPictureDamaged_failsWithTheReason() {
    MeasuredLoop loop = loop(2, 1, Set.of("0.jpg", "1.jpg"));
    assertThatThrownBy(() -> loop.measure(new Samples(4), new BatchLimits(0, 1), this::keep))
        .isInstanceOf(TaskException.class)
        .hasMessage("no example can be decoded; the last: image /data/1.jpg: damaged inside");
  }

  private static Dataset dataset(int count) {
    List<Example> examples = new ArrayList<>();
    ids(count)
        .forEach(id -> examples.add(new Example(id, Path.of(id), List.of(), new Truth.Unknown())));
    return new Dataset("pictures", examples, List.of());
  }

  @Test
  void requireReadable_pictureOfAGateCannotBeDecoded_endsWithItsNameAndReason() throws Exception {
    MeasuredLoop loop = loop(5, 2, Set.of("1.jpg", "4.jpg"));
    loop.measure(new Samples(8), new BatchLimits(0, 4), this::keep);
    assertThatThrownBy(() -> BlockTrial.requireReadable(loop, dataset(5)))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "2 of 5 examples cannot be decoded, the first is 1.jpg (damaged inside):"
                + " take them out of the data set");
  }

  @Test
  void requireReadable_everyPictureIsDecoded_goesOn() throws Exception {
    MeasuredLoop loop = loop(5, 2, Set.of());
    loop.measure(new Samples(8), new BatchLimits(0, 4), this::keep);
    assertThatCode(() -> BlockTrial.requireReadable(loop, dataset(5))).doesNotThrowAnyException();
  }
}
