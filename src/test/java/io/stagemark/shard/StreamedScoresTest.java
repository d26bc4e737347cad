package io.stagemark.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Score;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.dataset.Example;
import io.stagemark.result.UnreadableExample;
import io.stagemark.task.DetectionTask;
import io.stagemark.task.Scorer;
import io.stagemark.task.TaskBed;
import io.stagemark.task.TaskSession;
import io.stagemark.task.TaskSettings;
import io.stagemark.trial.proof.StreamedScores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamedScoresTest {
  private static final long BATCH = 2;

  @TempDir Path folder;

  private static TensorSpec spec(String name, long... shape) {
    return TaskBed.output(name, ElementType.FLOAT32, shape).spec();
  }

  private Example example(String id, Path file) {
    return new Example(id, file, List.of(), new Truth.Objects(List.of()));
  }

  // the second of four is no picture: three are scored, the last alone in its batch of two
  @Test
  void run_pictureThatCannotBeDecoded_isLeftOutAndNamed() throws Exception {
    Path good = TaskBed.picture(folder);
    Path bad = Files.writeString(folder.resolve("bad.png"), "no picture");
    TaskSettings settings =
        TaskBed.settings("detection", TaskBed.decoder("centernet"), Map.of(), 2);
    List<TensorSpec> inputs = List.of(spec("images", BATCH, 3, TaskBed.SIDE, TaskBed.SIDE));
    List<TensorSpec> outputs = List.of(spec("s", BATCH, 2, 16, 16), spec("b", BATCH, 4, 16, 16));
    HashSession session = new HashSession((int) BATCH, inputs, outputs, true);
    DetectionTask task = new DetectionTask();
    Scorer scorer = task.scorer(settings, inputs, List.of("bce"));
    try (TaskSession stages =
        task.bind(settings, List.of(session.input(0)), outputs, session::output)) {
      StreamedScores scores =
          new StreamedScores(
              List.of(
                  example("a", good), example("b", bad), example("c", good), example("d", good)),
              session,
              stages,
              scorer,
              new StreamedScores.Scope((int) BATCH, true));
      scores.run();
      assertThat(scores.examples()).isEqualTo(3);
      assertThat(scores.unreadable()).extracting(UnreadableExample::id).containsExactly("b");
      assertThat(scores.unreadable().get(0).reason()).doesNotContain(folder.toString());
      assertThat(session.forwards()).isEqualTo(3 + 2); // warm-ups, then two batches

      new StreamedScores(
              List.of(example("e", good)),
              session,
              stages,
              scorer,
              new StreamedScores.Scope((int) BATCH, true, true))
          .run();
      assertThat(session.forwards()).isEqualTo(3 + 2 + 1);
    }
    assertThat(scorer.finish()).extracting(Score::count).containsExactly(4L);
  }
}
