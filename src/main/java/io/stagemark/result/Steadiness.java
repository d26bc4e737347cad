package io.stagemark.result;

import io.stagemark.stats.SteadyState.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Whether a trial was measured in steady state.
 *
 * @param verdict of the measured batches by change points; of the warm-up where too few batches
 *     were measured
 * @param settled when warm-up reached the level that it ended on; empty if it did not within its
 *     longest time, or was too short to judge
 * @param share of the measured batches on the level that most of them are on, in [0, 1]
 * @param worstShift largest distance of a stretch of measured batches from that level, as a ratio:
 *     0.3 is 30 % slower
 * @param changes index from 0 of the measured batches at which a stretch on another level begins
 * @param warmup what the JVM did during warm-up
 * @param measured what the JVM did during the measurement
 */
public record Steadiness(
    Verdict verdict,
    Optional<Settled> settled,
    double share,
    double worstShift,
    List<Integer> changes,
    JvmWork warmup,
    JvmWork measured) {
  public Steadiness {
    changes = List.copyOf(changes);
  }

  /**
   * Where warm-up ended of itself.
   *
   * @param batches discarded before the first one in steady state
   * @param nanos that they took, in nanoseconds
   */
  public record Settled(int batches, long nanos) {}

  /**
   * Work of the JVM's own threads.
   *
   * @param compileMillis time of the just-in-time compilers, summed over their threads, in ms
   * @param collectMillis time of the garbage collectors, in ms
   * @param collections how many
   */
  public record JvmWork(long compileMillis, long collectMillis, long collections) {}
}
