package io.stagemark.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Stage;
import io.stagemark.machine.Disturbances;
import io.stagemark.machine.Interval;
import io.stagemark.machine.Interval.EventKind;
import io.stagemark.result.Causes;
import io.stagemark.result.Causes.Cause;
import io.stagemark.stats.Distribution;
import io.stagemark.trial.sample.TrialSamples;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CauseJoinTest {
  // Four batches of 10, 10, 90 and 10 ns, 100 ns apart.
  private static final long[] STARTS = {1000, 1100, 1200, 1300};
  private static final long[] TOTALS = {10, 10, 90, 10};

  private static Disturbances ofTheJvm(long clockErrorNanos, Interval... intervals) {
    return new Disturbances(
        EnumSet.of(EventKind.GC_PAUSE, EventKind.SAFEPOINT, EventKind.COMPILATION),
        List.of(intervals),
        clockErrorNanos);
  }

  /**
   * Two preemptions of 7 ns between readings at 1090 and 1215: the second and third batch. Page
   * faults by 1290 and 1305, the third and fourth: they are no disturbance.
   */
  @Test
  void of_countedBetweenReadings_touchesEveryBatchBetweenThem() {
    CauseJoin join =
        CauseJoin.of(
            new Disturbances(
                EnumSet.of(EventKind.PREEMPTION, EventKind.PAGE_FAULT),
                List.of(
                    new Interval(EventKind.PREEMPTION, 1090, 1215, 2, 7),
                    new Interval(EventKind.PAGE_FAULT, 1290, 1305, 9, 0)),
                0),
            STARTS,
            TOTALS);
    assertThat(join.causes().causes())
        .containsExactly(
            new Cause("preemption", 2, 7, 7, 2, Optional.of(Distribution.of(new long[] {10, 10}))),
            new Cause("page fault", 9, 0, 0, 2, Optional.of(Distribution.of(new long[] {10, 10}))));
    assertThat(join.bits()).containsExactly(0, 16, 48, 32);
    assertThat(join.causes().touched()).isEqualTo(2);
  }

  /** The pause of 50 ns is in the third batch, a compilation in the first and second. */
  @Test
  void of_pauseAndCompilation_eachWithItsBatches() {
    Disturbances events =
        ofTheJvm(
            0,
            new Interval(EventKind.COMPILATION, 900, 950),
            new Interval(EventKind.COMPILATION, 1005, 1105),
            new Interval(EventKind.SAFEPOINT, 1215, 1275),
            new Interval(EventKind.GC_PAUSE, 1220, 1270));
    CauseJoin join = CauseJoin.of(events, STARTS, TOTALS);
    Causes causes = join.causes();
    assertThat(causes.causes())
        .containsExactly(
            new Cause(
                "gc pause", 1, 50, 50, 1, Optional.of(Distribution.of(new long[] {10, 10, 10}))),
            new Cause(
                "safepoint", 1, 60, 60, 1, Optional.of(Distribution.of(new long[] {10, 10, 10}))),
            // The one before the first batch is none of the measured time's.
            new Cause(
                "compilation", 1, 100, 100, 2, Optional.of(Distribution.of(new long[] {90, 10}))));
    assertThat(causes.touched()).isEqualTo(3);
    assertThat(causes.untouched()).contains(Distribution.of(new long[] {10}));
    assertThat(join.bits()).containsExactly(4, 4, 3, 0);
  }

  @Test
  void of_everyBatchTouched_leavesNoTimes() {
    Disturbances events = ofTheJvm(5, new Interval(EventKind.COMPILATION, 0, 9999));
    Causes causes = CauseJoin.of(events, STARTS, TOTALS).causes();
    assertThat(causes.touched()).isEqualTo(4);
    assertThat(causes.untouched()).isEmpty();
    assertThat(causes.clockErrorNanos()).isEqualTo(5);
  }

  /** A second trial of two batches of 20 ns, a compilation of 30 ns beside its first. */
  @Test
  void pooled_twoTrials_areOfTheBatchesOfBoth() {
    CauseJoin first =
        CauseJoin.of(
            ofTheJvm(
                7,
                new Interval(EventKind.SAFEPOINT, 1215, 1275),
                new Interval(EventKind.GC_PAUSE, 1220, 1270)),
            STARTS,
            TOTALS);
    long[] totals = {20, 20};
    CauseJoin second =
        CauseJoin.of(
            ofTheJvm(5, new Interval(EventKind.COMPILATION, 0, 30)), new long[] {10, 500}, totals);
    List<Causes> causes = List.of(first.causes(), second.causes());
    TrialSamples whole = samples(TOTALS, Optional.of(first.bits()));
    Causes pooled =
        CauseJoin.pooled(causes, List.of(whole, samples(totals, Optional.of(second.bits()))))
            .orElseThrow();
    Optional<Distribution> five = Optional.of(Distribution.of(new long[] {10, 10, 10, 20, 20}));
    assertThat(pooled.causes())
        .containsExactly(
            new Cause("gc pause", 1, 50, 50, 1, five),
            new Cause("safepoint", 1, 60, 60, 1, five),
            new Cause(
                "compilation",
                1,
                30,
                30,
                1,
                Optional.of(Distribution.of(new long[] {10, 10, 90, 10, 20}))));
    assertThat(pooled.clockErrorNanos()).isEqualTo(7);
    assertThat(pooled.touched()).isEqualTo(2);
    assertThat(pooled.untouched()).contains(Distribution.of(new long[] {10, 10, 10, 20}));
    // A trial of an older program has no bits: its batches would be in the figures, but not here.
    assertThat(CauseJoin.pooled(causes, List.of(whole, samples(totals, Optional.empty()))))
        .isEmpty();
  }

  private static TrialSamples samples(long[] totals, Optional<long[]> bits) {
    return new TrialSamples(Map.of(Stage.TOTAL, totals), Optional.empty(), bits);
  }

  @Test
  void of_noBatch_hasNoEvents() {
    Disturbances events = ofTheJvm(0, new Interval(EventKind.GC_PAUSE, 0, 9));
    assertThat(CauseJoin.of(events, new long[0], new long[0]).causes().causes())
        .allMatch(c -> c.events() == 0 && c.untouched().isEmpty());
  }
}
