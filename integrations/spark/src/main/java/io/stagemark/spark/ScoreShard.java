package io.stagemark.spark;

import io.stagemark.spark.program.FailedException;
import io.stagemark.spark.program.RefusedException;
import io.stagemark.spark.program.ScoredShard;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.util.LongAccumulator;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/**
 * One task: scores the shard that its partition names. What it returns depends on the shard alone,
 * so that a task that is tried again, or runs twice, returns the same scores.
 */
final class ScoreShard extends AbstractFunction2<TaskContext, Iterator<Integer>, ScoredShard>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Before the message of a task that failed. */
  static final String FAILED = "shard not scored: ";

  private final ShardTasks job;
  private final LongAccumulator examples;

  /**
   * @param examples counts what was scored, for Spark's pages
   */
  ScoreShard(ShardTasks job, LongAccumulator examples) {
    this.job = job;
    this.examples = examples;
  }

  @Override
  public ScoredShard apply(TaskContext context, Iterator<Integer> shards) {
    try {
      ScoredShard shard = HeldProgram.of(job).score(shards.next());
      examples.add(shard.examples());
      return shard;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the task was ended", e);
    } catch (RefusedException | FailedException | IOException e) {
      throw new IllegalStateException(FAILED + e.getMessage(), e); // Spark tries it again elsewhere
    }
  }
}
