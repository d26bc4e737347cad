package io.stagemark.trial;

import io.stagemark.result.OutputProof;
import io.stagemark.result.UnreadableExample;
import java.util.List;

/**
 * What a {@link ScorePass} found besides the state of its scores.
 *
 * @param examples that were scored
 * @param unreadable examples that could not be decoded, which the scores are without
 * @param outputs what they look like
 * @param latencies of the batches, from the file to the prediction, as {@link
 *     io.stagemark.stats.LatencyCounts} writes them: other work went on meanwhile
 */
public record ScoredPart(
    long examples, List<UnreadableExample> unreadable, OutputProof outputs, String latencies) {
  /** The record, in the folder of the pass. */
  public static final String FILE = "scored.json";

  public ScoredPart {
    unreadable = List.copyOf(unreadable);
  }
}
