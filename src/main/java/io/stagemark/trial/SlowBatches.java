package io.stagemark.trial;

import io.stagemark.data.Stage;
import io.stagemark.dataset.Example;
import io.stagemark.result.SlowBatch;
import io.stagemark.trial.loop.ExampleRotation;
import io.stagemark.trial.sample.Samples;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Finds the batches of a trial that took longest. */
public final class SlowBatches {
  /** The number of batches that are kept. */
  public static final int MAX_BATCHES = 10;

  private SlowBatches() {}

  /**
   * Returns the slowest batches, slowest first; of equal ones the earlier.
   *
   * @param examples of the data set
   * @param rotation in which they were visited
   */
  static List<SlowBatch> of(Samples samples, List<Example> examples, ExampleRotation rotation) {
    Map<Stage, long[]> columns = new LinkedHashMap<>();
    for (Stage stage : Stage.values()) {
      columns.put(stage, samples.of(stage));
    }
    long[] total = samples.of(Stage.TOTAL);
    int[] first = samples.firstExamples();
    return IntStream.range(0, total.length)
        .boxed()
        .sorted(Comparator.comparingLong((Integer i) -> -total[i]).thenComparing(i -> i))
        .limit(MAX_BATCHES)
        .map(
            i -> {
              Map<String, Long> stages = new LinkedHashMap<>();
              columns.forEach((stage, nanos) -> stages.put(stage.label(), nanos[i]));
              return new SlowBatch(
                  i,
                  stages,
                  Arrays.stream(rotation.batchFrom(first[i]))
                      .mapToObj(index -> examples.get(index).id())
                      .toList());
            })
        .toList();
  }
}
