package io.stagemark.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.trial.SingleStreamTrial.Allocated;
import org.junit.jupiter.api.Test;

/** Bytes a batch of one build, whatever the number of batches that a run has time for. */
final class AllocationSlopeTest {
  private static final int EXAMPLES = 20;
  private static final long KEPT_BYTES = 50_000;
  private static final long BATCH_BYTES = 640;

  /** A run keeps the outputs of each example's first visit for the scores. */
  private static Allocated after(int batches) {
    long kept = Math.min(batches, EXAMPLES) * KEPT_BYTES;
    return new Allocated(1_000_000 + kept + batches * BATCH_BYTES, batches);
  }

  @Test
  void slope_runsOfOneBuildWithOtherNumbersOfBatches_areEqual() {
    Allocated visited = after(EXAMPLES);
    for (int batches : new int[] {EXAMPLES + 1, 100, 5000}) {
      assertThat(SingleStreamTrial.slope(visited, after(batches))).hasValue(BATCH_BYTES);
    }
    // the mean over the whole window is another figure in each run
    assertThat((double) (after(100).bytes() - 1_000_000) / 100)
        .isNotEqualTo((double) (after(5000).bytes() - 1_000_000) / 5000);
  }

  @Test
  void slope_noBatchAfterTheLastFirstVisit_isEmpty() {
    assertThat(SingleStreamTrial.slope(after(EXAMPLES), after(EXAMPLES))).isEmpty();
  }
}
