package io.stagemark.shard;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ModelCard;
import io.stagemark.spi.Registry;
import io.stagemark.task.Scorer;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import java.util.List;

/** The empty scorers that states are added to. */
final class ShardCases {
  private ShardCases() {}

  /**
   * Returns the scorer of a case; no engine is asked.
   *
   * @throws TaskException for a score that the model cannot have
   */
  static Scorer scorer(CaseSpec spec, List<String> scores) throws TaskException {
    ModelCard card = spec.model();
    Task task =
        Registry.discover(Task.class, ShardCases.class.getClassLoader()).get(card.task().task());
    return task.scorer(card.task(), card.openInputs(spec.batch()), scores);
  }
}
