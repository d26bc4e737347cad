package io.stagemark.compare;

import io.stagemark.data.Stage;
import io.stagemark.result.comparison.PairRecord;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Measures pairs of live JVMs, one after the other. {@code gate} implements it, since it starts the
 * processes.
 */
@FunctionalInterface
public interface LivePairs {

  /**
   * Measures the next pair.
   *
   * @param control whether the baseline runs against itself too
   * @throws Failed if a JVM died or hung
   */
  Pair next(boolean control) throws Failed, IOException, InterruptedException;

  /**
   * The times of one pair by stage, in nanoseconds, and the scores of its outputs.
   *
   * @param baseline times of the baseline's JVM
   * @param candidate times of the candidate's
   * @param control times of the baseline's second JVM
   * @param baselineScores of its timed batches
   * @param candidateScores of its timed batches
   * @param record where the times are kept
   */
  record Pair(
      Map<Stage, long[]> baseline,
      Map<Stage, long[]> candidate,
      Optional<Map<Stage, long[]>> control,
      ScoredCase baselineScores,
      ScoredCase candidateScores,
      PairRecord record) {}

  /** A JVM of a pair died or hung. */
  final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    public Failed(Exception cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Receives the progress of a gate. */
  interface Progress {
    /**
     * A pair was measured.
     *
     * @param phase such as {@code screening}
     * @param done pairs of this phase
     * @param of pairs that the phase has at most
     * @param left pairs that are still to come at most, those of a later phase too
     */
    void pair(String phase, int done, int of, int left);

    /** Something is to be known before the end. */
    default void note(String line) {}
  }
}
