package io.stagemark.run;

import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSettings;
import io.stagemark.machine.SharedCoreProbe;
import io.stagemark.run.MeasuredLoop.FirstVisit;
import io.stagemark.task.TaskException;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Probes beside the batches of one JVM: which of them met a core that another shared. They are
 * taken where they tell something: with one thread, on the host's processor, and for batches below
 * 5 ms. Between the ends of longer ones neighbours come and go unseen.
 */
final class BatchProbe {
  private static final long LONGEST_NANOS = 5_000_000;

  private final SharedCoreProbe probe = new SharedCoreProbe();
  private final boolean oneCore;
  private long fastest = Long.MAX_VALUE;

  BatchProbe(EngineSettings settings) {
    this.oneCore = settings.threads() == 1 && settings.device().isCpu();
  }

  /** Batches that were measured in one go, and the slower of the two probes beside each. */
  final class Turn {
    private final Samples samples;
    private final long[] probes;

    private Turn(Samples samples, long[] probes) {
      this.samples = samples;
      this.probes = probes;
    }

    Samples samples() {
      return samples;
    }

    /** Returns whether no other shared the core; what was learnt last goes for older turns too. */
    boolean quiet(int batch) {
      return probe.quiet(probes[batch]);
    }

    /** Counts the batches during which no other shared the core. */
    int quietBatches() {
      return (int) Arrays.stream(probes).filter(probe::quiet).count();
    }
  }

  /**
   * Returns the batches of a loop for its warm-up: with a probe behind each, so that it is warm.
   */
  WarmUp.Batches warming(MeasuredLoop loop) {
    return new WarmUp.Batches() {
      @Override
      public int nextExample() {
        return loop.nextExample();
      }

      @Override
      public long discarded() throws EngineException, TaskException {
        long nanos = loop.discarded();
        fastest = Math.min(fastest, nanos);
        if (oneCore) {
          probe.take();
        }
        return nanos;
      }
    };
  }

  /** Returns how long the fastest batch of the warm-up took, in nanoseconds, 1 or more. */
  long fastestNanos() {
    return Math.max(1, fastest);
  }

  /** Returns whether batches are probed; after the warm-up. */
  boolean probes() {
    return oneCore && fastest < LONGEST_NANOS;
  }

  /** Sets memory aside for a turn. */
  Turn turn(int batches) {
    return new Turn(new Samples(batches), new long[batches]);
  }

  /** Measures a turn; allocates nothing. */
  void measure(MeasuredLoop loop, Turn turn, FirstVisit firstVisit)
      throws EngineException, TaskException {
    boolean probes = probes();
    long before = probes ? probe.take() : 0;
    while (turn.samples.count() < turn.probes.length) {
      if (!loop.next(turn.samples, firstVisit)) {
        continue;
      }
      long after = probes ? probe.take() : 0;
      turn.probes[turn.samples.count() - 1] = Math.max(before, after);
      before = after;
    }
  }

  /** Learns the level of a quiet core from the last turns, between two of them. */
  void learn() {
    probe.learn();
  }

  /** Returns the probe's level on a quiet core, in nanoseconds; empty where none was taken. */
  OptionalDouble levelNanos() {
    return probe.level();
  }
}
