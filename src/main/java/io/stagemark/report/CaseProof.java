package io.stagemark.report;

import io.stagemark.stats.TrialVariance;
import java.util.List;
import java.util.Optional;

/**
 * What speaks for and against the figures of one case.
 *
 * @param validity of the case's figures
 * @param pooledTrials trials that the case's times and FPS are of: those that were steady or too
 *     short to tell; where none was, the last alone, for what never settled is not averaged
 * @param variance between and within the good trials' total times; empty for fewer than two
 * @param notes that are no reason against the figures
 * @param slowest batches of all good trials, at most ten, slowest first
 */
public record CaseProof(
    Validity validity,
    List<Integer> pooledTrials,
    Optional<TrialVariance> variance,
    List<String> notes,
    List<Replay> slowest) {
  public CaseProof {
    pooledTrials = List.copyOf(pooledTrials);
    notes = List.copyOf(notes);
    slowest = List.copyOf(slowest);
  }

  /**
   * A slow batch, and how to run its examples alone.
   *
   * @param trial from 1
   * @param batch the batch
   * @param command such as {@code ./stagemark run CONFIG --case ID --only EXAMPLE}
   */
  public record Replay(int trial, SlowBatch batch, String command) {}
}
