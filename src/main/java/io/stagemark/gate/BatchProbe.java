package io.stagemark.gate;

import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSettings;
import io.stagemark.machine.SharedCoreProbe;
import io.stagemark.task.TaskException;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.loop.MeasuredLoop.FirstVisit;
import io.stagemark.trial.loop.WarmUp;
import io.stagemark.trial.sample.Samples;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Probes before and after the batches of one JVM: they show which batches ran on a core that
 * another process shared. Probes need one thread on the host's processor and batches below 5 ms:
 * during longer batches neighbours come and go unseen.
 */
final class BatchProbe {
  private static final long MAX_BATCH_NANOS = 5_000_000;

  private final SharedCoreProbe probe = new SharedCoreProbe();
  private final boolean oneCore;
  private long fastest = Long.MAX_VALUE;

  BatchProbe(EngineSettings settings) {
    this.oneCore = settings.threads() == 1 && settings.device().isCpu();
  }

  /** The batches of a turn, and the slower of the two probes around each. */
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

    /**
     * Returns whether no other process shared the core; the level that was learnt last also applies
     * to older turns.
     */
    boolean quiet(int batch) {
      return !usable() || probe.quiet(probes[batch]);
    }

    /** Returns the number of batches during which no other process shared the core. */
    int quietBatches() {
      return usable() ? (int) Arrays.stream(probes).filter(probe::quiet).count() : probes.length;
    }
  }

  /**
   * Returns the batches of a loop for its warm-up: with a probe after each, so that the probe is
   * warm.
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

  /** Returns the time of the fastest batch so far, in nanoseconds, at least 1. */
  long fastestNanos() {
    return Math.max(1, fastest);
  }

  /**
   * Returns whether the probes are usable: one core, batches that are short enough. A warm-up may
   * end while batches are still longer.
   */
  private boolean usable() {
    return oneCore && fastest < MAX_BATCH_NANOS;
  }

  /** Sets memory aside for a turn. */
  Turn turn(int batches) {
    return new Turn(new Samples(batches), new long[batches]);
  }

  /** Measures a turn; allocates nothing. */
  void measure(MeasuredLoop loop, Turn turn, FirstVisit firstVisit)
      throws EngineException, TaskException {
    long before = oneCore ? probe.take() : 0;
    while (turn.samples.count() < turn.probes.length) {
      if (!loop.next(turn.samples, firstVisit)) {
        continue;
      }
      fastest = Math.min(fastest, loop.lastEndNanos() - loop.lastStartNanos());
      long after = oneCore ? probe.take() : 0;
      turn.probes[turn.samples.count() - 1] = Math.max(before, after);
      before = after;
    }
  }

  /** Learns the level of a quiet core from the last turns, between two of them. */
  void learn() {
    probe.learn();
  }

  /** Returns the probe's level on a quiet core, in nanoseconds; empty where no probe is usable. */
  OptionalDouble levelNanos() {
    return usable() ? probe.level() : OptionalDouble.empty();
  }
}
