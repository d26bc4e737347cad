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
 * Probes beside the batches of one JVM: which of them met a core that another shared. They are
 * taken with one thread on the host's processor, and tell something of batches below 5 ms: between
 * the ends of longer ones neighbours come and go unseen.
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
      return !tells() || probe.quiet(probes[batch]);
    }

    /** Counts the batches during which no other shared the core. */
    int quietBatches() {
      return tells() ? (int) Arrays.stream(probes).filter(probe::quiet).count() : probes.length;
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

  /** Returns how long the fastest batch so far took, in nanoseconds, 1 or more. */
  long fastestNanos() {
    return Math.max(1, fastest);
  }

  /** Whether the probes tell something; a warm-up may end before a batch is at its length. */
  private boolean tells() {
    return oneCore && fastest < LONGEST_NANOS;
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

  /** Returns the probe's level on a quiet core, in nanoseconds; empty where none tells anything. */
  OptionalDouble levelNanos() {
    return tells() ? probe.level() : OptionalDouble.empty();
  }
}
