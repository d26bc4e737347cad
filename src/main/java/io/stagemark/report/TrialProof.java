package io.stagemark.report;

import java.util.List;

/**
 * What speaks for and against the figures of one trial.
 *
 * @param steadiness of the batches measured
 * @param work that the engine did
 * @param clock that was read
 * @param slowest measured batches, at most ten, slowest first
 */
public record TrialProof(
    Steadiness steadiness, WorkProof work, ClockProof clock, List<SlowBatch> slowest) {
  public TrialProof {
    slowest = List.copyOf(slowest);
  }
}
