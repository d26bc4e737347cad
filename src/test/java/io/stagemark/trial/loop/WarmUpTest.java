package io.stagemark.trial.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.config.ConfigDefaults;
import io.stagemark.config.MeasureSettings;
import io.stagemark.result.Steadiness.JvmWork;
import io.stagemark.result.Steadiness.Settled;
import io.stagemark.stats.SteadyState.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** Warm-up on a clock that the batches themselves set forth: no time passes. */
final class WarmUpTest {
  private static final long MS = 1_000_000;
  private static final JvmWork IDLE = new JvmWork(0, 0, 0);

  /** Batches of given times, four examples in turn. */
  private static final class FakeBatches implements WarmUp.Batches {
    private final IntToLongFunction nanosOf;
    private int done;
    private long now;

    FakeBatches(IntToLongFunction nanosOf) {
      this.nanosOf = nanosOf;
    }

    @Override
    public int nextExample() {
      return done % 4;
    }

    @Override
    public long discarded() {
      long nanos = nanosOf.applyAsLong(done++);
      now += nanos;
      return nanos;
    }
  }

  private static WarmUp.Outcome warmUp(
      MeasureSettings settings, IntToLongFunction nanosOf, LongFunction<JvmWork> jvm)
      throws Exception {
    FakeBatches batches = new FakeBatches(nanosOf);
    return new WarmUp(batches, settings, () -> batches.now, () -> jvm.apply(batches.now)).run();
  }

  @Test
  void run_constantTimes_endsAtTheLeastTimeAndWasSteadyFromTheFirst() throws Exception {
    WarmUp.Outcome found = warmUp(ConfigDefaults.warmup(2, 5, 20), i -> 10 * MS, now -> IDLE);
    assertThat(found.nanos()).isEqualTo(2_000 * MS);
    assertThat(found.settled().orElseThrow().batches()).isZero();
    assertThat(found.state()).isEqualTo(Verdict.STEADY);
  }

  @Test
  void last_streams_isTheOneThatSettledLastOrNever() throws Exception {
    WarmUp.Outcome early = new WarmUp.Outcome(9, 9, Verdict.STEADY, settled(3), IDLE, List.of());
    WarmUp.Outcome late = new WarmUp.Outcome(9, 9, Verdict.STEADY, settled(5), IDLE, List.of());
    WarmUp.Outcome never =
        new WarmUp.Outcome(9, 9, Verdict.NOT_STEADY, Optional.empty(), IDLE, List.of());
    assertThat(WarmUp.Outcome.last(List.of(early, late, early))).isSameAs(late);
    assertThat(WarmUp.Outcome.last(List.of(late, never))).isSameAs(never);
  }

  private static Optional<Settled> settled(long nanos) {
    return Optional.of(new Settled(1, nanos));
  }

  // 50 batches of 30 ms take 1.5 s; a third of the series must be on the new level, 25 batches.
  @Test
  void run_timesThatFall_goesOnUntilTheyKeepTheirLevel() throws Exception {
    WarmUp.Outcome found =
        warmUp(ConfigDefaults.warmup(2, 5, 60), i -> (i < 50 ? 30 : 10) * MS, now -> IDLE);
    assertThat(found.settled().orElseThrow().batches()).isEqualTo(50);
    assertThat(found.settled().orElseThrow().nanos()).isEqualTo(1_500 * MS);
    assertThat(found.batches()).isBetween(75, 200);
  }

  @Test
  void run_timesThatNeverSettle_endsAtTheLongestTimeWithoutAnAnswer() throws Exception {
    WarmUp.Outcome found =
        warmUp(ConfigDefaults.warmup(1, 5, 10), i -> 10 * MS + i * 100_000L, now -> IDLE);
    assertThat(found.nanos()).isBetween(10_000 * MS, 10_100 * MS);
    assertThat(found.settled()).isEmpty();
  }

  // The compilers are busy for half of the first five seconds, though times are level.
  @Test
  void run_compilersStillBusy_goesOnUntilTheyAreQuiet() throws Exception {
    WarmUp.Outcome found =
        warmUp(
            ConfigDefaults.warmup(1, 5, 60),
            i -> 10 * MS,
            now -> new JvmWork(Math.min(now, 5_000 * MS) / 2 / MS, 0, 0));
    assertThat(found.nanos()).isGreaterThan(5_000 * MS);
    assertThat(found.settled()).isPresent();
    assertThat(found.work().compileMillis()).isEqualTo(2_500);
  }

  @Test
  void run_longestTimeEqualToTheLeast_isOfFixedLength() throws Exception {
    WarmUp.Outcome found =
        warmUp(ConfigDefaults.warmup(1, 5, 1), i -> (i < 50 ? 19 : 1) * MS, now -> IDLE);
    assertThat(found.nanos()).isCloseTo(1_000 * MS, within(20 * MS));
  }

  @Test
  void run_noTimeAsked_runsTheBatchesAskedFor() throws Exception {
    WarmUp.Outcome found = warmUp(ConfigDefaults.warmup(0, 7, 0), i -> MS, now -> IDLE);
    assertThat(found.batches()).isEqualTo(7);
    assertThat(found.state()).isEqualTo(Verdict.TOO_FEW);
    assertThat(found.settled()).isEmpty();
  }
}
