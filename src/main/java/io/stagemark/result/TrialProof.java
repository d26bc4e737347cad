package io.stagemark.result;

import java.util.List;
import java.util.Optional;

/**
 * The proof of the figures of one trial.
 *
 * @param steadiness of the batches measured
 * @param work that the engine did
 * @param clock that was read
 * @param slowest measured batches, at most ten, slowest first
 * @param outputs what they look like; empty in older files
 */
public record TrialProof(
    Steadiness steadiness,
    WorkProof work,
    ClockProof clock,
    List<SlowBatch> slowest,
    Optional<OutputProof> outputs) {
  public TrialProof {
    slowest = List.copyOf(slowest);
    outputs = outputs == null ? Optional.empty() : outputs; // absent in older files
  }

  /** One whose outputs were not looked at. */
  public TrialProof(
      Steadiness steadiness, WorkProof work, ClockProof clock, List<SlowBatch> slowest) {
    this(steadiness, work, clock, slowest, Optional.empty());
  }
}
