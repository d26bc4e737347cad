package io.stagemark.result;

import java.util.List;
import java.util.Map;

/**
 * One measured batch.
 *
 * @param batch its index from 0 among the measured batches of its trial
 * @param stageNanos its times by stage with {@code total}, in nanoseconds
 * @param examples ids of what was in it
 */
public record SlowBatch(int batch, Map<String, Long> stageNanos, List<String> examples) {
  public SlowBatch {
    examples = List.copyOf(examples);
  }

  /** Returns its total time, in nanoseconds; 0 if there is none. */
  public long totalNanos() {
    return stageNanos.getOrDefault("total", 0L);
  }
}
