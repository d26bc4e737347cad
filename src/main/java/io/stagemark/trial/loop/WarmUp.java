package io.stagemark.trial.loop;

import io.stagemark.config.MeasureSettings;
import io.stagemark.engine.EngineException;
import io.stagemark.result.Steadiness.JvmWork;
import io.stagemark.result.Steadiness.Settled;
import io.stagemark.stats.SteadyState;
import io.stagemark.task.TaskException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Batches that are discarded, until their times keep one level and the JVM's compilers and
 * collectors are quiet.
 *
 * <p>It lasts at least {@code warmupSeconds} and {@code warmupBatches}. Then times are judged every
 * now and then, between two batches; it ends when the last third of them (and {@link
 * SteadyState#MIN_SAMPLES} at least) is on one level and the compilers and collectors took less
 * than a twentieth of the time since the last look, or after {@code maxWarmupSeconds}, settled or
 * not.
 */
public final class WarmUp {
  /** Points of what is kept of a warm-up's times. */
  static final int MAX_COURSE = 100;

  private static final double QUIET = 0.05;
  private static final long SHORTEST_LOOK_NANOS = 250_000_000;

  private final Batches batches;
  private final MeasureSettings settings;
  private final LongSupplier clock;
  private final Supplier<JvmWork> jvm;
  private final LatencySeries series = new LatencySeries();
  private final JvmWork before;
  private JvmWork lastLook;
  private long lastLookNanos;

  /**
   * @param clock nanoseconds, as {@link System#nanoTime}
   * @param jvm what the JVM has done so far
   */
  WarmUp(Batches batches, MeasureSettings settings, LongSupplier clock, Supplier<JvmWork> jvm) {
    this.batches = batches;
    this.settings = settings;
    this.clock = clock;
    this.jvm = jvm;
    before = jvm.get();
    lastLook = before;
  }

  /** Where batches come from. */
  public interface Batches {
    /** Returns the index of the next batch's first example. */
    int nextExample();

    /** Runs a batch; returns its total time, in nanoseconds. */
    long discarded() throws EngineException, TaskException;
  }

  /**
   * What warm-up came to.
   *
   * @param batches discarded
   * @param nanos that they took with the looks between them, in nanoseconds
   * @param state of their times at the end
   * @param settled where they reached the level of the end; empty if warm-up ended for another
   *     reason
   * @param work of the JVM meanwhile
   * @param course mean time of a batch along it, in nanoseconds, {@link #MAX_COURSE} points at most
   */
  public record Outcome(
      int batches,
      long nanos,
      SteadyState.Verdict state,
      Optional<Settled> settled,
      JvmWork work,
      List<Long> course) {
    public Outcome {
      course = List.copyOf(course);
    }

    /** Returns the stream that was last to settle, or one that never did. */
    public static Outcome last(List<Outcome> streams) {
      return streams.stream()
          .max(
              Comparator.comparingLong(
                  stream -> stream.settled().map(Settled::nanos).orElse(Long.MAX_VALUE)))
          .orElseThrow();
    }
  }

  /** Warms a loop up, on this JVM's clock. */
  public static Outcome of(Batches loop, MeasureSettings settings)
      throws EngineException, TaskException {
    // The judge is compiled before the first batch, so that its compilation is in no look.
    for (int i = 0; i < 20; i++) {
      SteadyState.of(new long[512], new int[512]);
    }
    return new WarmUp(loop, settings, System::nanoTime, JvmActivity::now).run();
  }

  Outcome run() throws EngineException, TaskException {
    long least = Math.round(settings.warmup().warmupSeconds() * 1e9);
    long most = Math.round(settings.warmup().maxWarmupSeconds() * 1e9);
    long nextLook = least / 2;
    long start = clock.getAsLong();
    long now = 0;
    int count = 0;
    boolean settled = false;
    while (count < settings.warmup().warmupBatches() || now < least || (now < most && !settled)) {
      int example = batches.nextExample();
      series.add(batches.discarded(), example);
      count++;
      now = clock.getAsLong() - start;
      if (now >= nextLook && now < most) {
        settled = look(now) && now >= least;
        long next = now + Math.max(SHORTEST_LOOK_NANOS, now / 4);
        nextLook = now < least ? Math.min(next, least) : next;
      }
    }
    SteadyState state = series.judge();
    boolean fixed = most <= least;
    boolean known = settled || (fixed && keepsItsLevel(state));
    return new Outcome(
        count,
        now,
        state.verdict(),
        known ? Optional.of(settled(state)) : Optional.empty(),
        JvmActivity.between(before, jvm.get()),
        series.course(MAX_COURSE));
  }

  private Settled settled(SteadyState state) {
    return new Settled(
        state.settledFrom() * series.batchesPerPoint(), series.nanosBefore(state.settledFrom()));
  }

  private boolean look(long now) {
    JvmWork work = JvmActivity.between(lastLook, jvm.get());
    double millis = (now - lastLookNanos) / 1e6;
    lastLook = jvm.get();
    lastLookNanos = now;
    return work.compileMillis() <= QUIET * millis
        && work.collectMillis() <= QUIET * millis
        && keepsItsLevel(series.judge());
  }

  private boolean keepsItsLevel(SteadyState state) {
    int onLevel = series.points() - state.settledFrom();
    return state.verdict() != SteadyState.Verdict.TOO_FEW
        && onLevel >= Math.max(SteadyState.MIN_SAMPLES, series.points() / 3);
  }
}
