package io.stagemark.result;

import io.stagemark.stats.TrialVariance;
import java.util.List;
import java.util.Optional;

/**
 * The proof of the figures of one case.
 *
 * @param validity of the case's figures
 * @param precision of the case's figures; empty before the first good trial, and in older files
 * @param pooledTrials trials that the case's times and FPS come from: every good one
 * @param variance between and within the good trials' total times; empty for fewer than two
 * @param notes that are no reason against the figures
 * @param slowest batches of all good trials, at most ten, slowest first
 * @param causes what the JVM did during the batches of the pooled trials together, and the total
 *     times without those it touched; empty where it was not recorded, and in older files
 */
public record CaseProof(
    Validity validity,
    Optional<Precision> precision,
    List<Integer> pooledTrials,
    Optional<TrialVariance> variance,
    List<String> notes,
    List<Replay> slowest,
    Optional<Causes> causes) {
  public CaseProof {
    precision = precision == null ? Optional.empty() : precision; // absent in older files
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
