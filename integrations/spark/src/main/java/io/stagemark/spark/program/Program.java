package io.stagemark.spark.program;

import java.io.IOException;
import java.nio.file.Path;

/** Stagemark, opened for one config, as Spark's side calls it. Thread-safe. */
public interface Program {
  /**
   * Checks everything that can be checked before a shard is scored.
   *
   * @param parts folder that shards go to; those that it has already are not scored again
   * @param out folder that the result goes to
   * @throws RefusedException with every problem of config, data set and folders
   */
  Plan plan(Path parts, Path out) throws RefusedException, IOException, InterruptedException;

  /**
   * Scores a shard. The models stay loaded for the next one; a thread that scores while others do
   * has a session of its own.
   *
   * @param index of the shard, from 1
   * @throws RefusedException if config, model or data are not here as they must be
   * @throws FailedException if an engine fails
   */
  ScoredShard score(int index)
      throws RefusedException, FailedException, IOException, InterruptedException;

  /**
   * Merges all shards to a result, and renders it as {@code ./stagemark merge} does.
   *
   * @return what the console shows
   * @throws RefusedException if a shard is missing, damaged or foreign
   */
  String merge(Path parts, Path out) throws RefusedException, IOException;
}
