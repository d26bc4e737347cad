package io.stagemark.shard;

import io.stagemark.config.CaseSpec;
import io.stagemark.dataset.Dataset;
import io.stagemark.run.input.RunInputs;
import io.stagemark.trial.ScoredPart;
import java.io.IOException;

/**
 * How the cases of a shard are scored: each in a JVM of its own ({@link TrialPass}), or all in this
 * one ({@link HeldPass}). Both give the same bits.
 */
public interface CasePass {
  /**
   * What a share gave a case.
   *
   * @param part besides the state of the scores
   * @param state of the scores
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes of a file
  record Found(ScoredPart part, byte[] state) {}

  /**
   * Scores a share, which has at least one example.
   *
   * @param inputs the files that the shard began with; the pass checks that they stay
   * @throws ShardRun.FailedException if an engine fails, or a file changed meanwhile
   */
  Found score(CaseSpec spec, RunInputs inputs, Dataset share)
      throws ShardRun.FailedException, IOException, InterruptedException;
}
