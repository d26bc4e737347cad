package io.stagemark.result;

import io.stagemark.stats.TrialVariance;
import java.util.List;
import java.util.Optional;

/**
 * The proof of the figures of one case.
 *
 * @param validity of the case's figures
 * @param pooledTrials trials that the case's times and FPS come from: those that were steady or too
 *     short to judge; where none was, the last one alone, since trials that never settled are not
 *     averaged
 * @param variance between and within the good trials' total times; empty for fewer than two
 * @param notes that are no reason against the figures
 * @param slowest batches of all good trials, at most ten, slowest first
 * @param causes what the JVM did during the batches of the pooled trials together, and the total
 *     times without those it touched; empty where it was not recorded, and in older files
 */
public record CaseProof(
    Validity validity,
    List<Integer> pooledTrials,
    Optional<TrialVariance> variance,
    List<String> notes,
    List<Replay> slowest,
    Optional<Causes> causes) {
  public CaseProof {
    pooledTrials = List.copyOf(pooledTrials);
    notes = List.copyOf(notes);
    slowest = List.copyOf(slowest);
    causes = causes == null ? Optional.empty() : causes; // absent in older files
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
