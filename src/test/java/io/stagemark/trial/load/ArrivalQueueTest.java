package io.stagemark.trial.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.result.LoadFigures;
import io.stagemark.run.load.VirtualTime;
import io.stagemark.stats.Distribution;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ArrivalQueueTest {
  private static final long MILLI = 1_000_000;
  private static final long START = 17 * MILLI;

  private static LoadRows served(ArrivalSchedule schedule, VirtualTime machine, long grace)
      throws Exception {
    LoadLog log = new LoadLog(schedule.count());
    new ArrivalQueue(schedule, START, grace).drive(0, machine, log, machine);
    return LoadRows.of(START, List.of(log));
  }

  private static LoadFigures figures(LoadRows rows) {
    return new LoadSummary(
            "server", 1, LoadSummary.Latencies.ARRIVALS, Optional.of(100.0), Optional.empty())
        .of(List.of(rows), 0);
  }

  // Lindley's recursion: a batch begins when it is due or when the one before it has ended.
  @Test
  void drive_oneStream_beginsEachBatchWhenDueOrWhenTheLastOneEnded() throws Exception {
    ArrivalSchedule schedule = ArrivalSchedule.poisson(100, 5000, 3);
    LoadRows rows = served(schedule, new VirtualTime(start -> start + 7 * MILLI), 1L << 60);
    assertThat(rows.rows()).hasSize(5000);
    long free = 0;
    for (int i = 0; i < 5000; i++) {
      LoadRows.Row row = rows.rows().get(i);
      assertThat(row.dueNanos()).isEqualTo(schedule.offset(i));
      assertThat(row.startedNanos()).isEqualTo(Math.max(schedule.offset(i), free));
      free = row.startedNanos() + 7 * MILLI;
      assertThat(row.endedNanos()).isEqualTo(free);
    }
  }

  // M/D/1 at a load of 0.7: the mean wait is rho * S / (2 (1 - rho)) = 0.7 * 7 / 0.6 = 8.1667 ms
  // (Pollaczek and Khinchine).
  @Test
  void drive_manyArrivals_waitAsQueueingTheorySays() throws Exception {
    ArrivalSchedule schedule = ArrivalSchedule.poisson(100, 1_000_000, 11);
    LoadRows rows = served(schedule, new VirtualTime(start -> start + 7 * MILLI), 1L << 60);
    assertThat(LongStream.of(rows.waits()).average().orElseThrow() / MILLI)
        .isCloseTo(0.7 * 7 / 0.6, within(0.15));
  }

  // A machine that takes 1 ms a batch but stalls for 200 ms every 2 s, at 100 arrivals a second
  // (rho = 0.1). Who arrives a into the stall waits for the rest of it, for the rho * a of work
  // that
  // came before and for its own: L(a) = 200 - 0.9 a + 1 ms, and so on while the queue drains. The
  // share of arrivals with L > x is a / 2000 ms: p99 at a = 20 ms is 183 ms, p95 at a = 100 ms is
  // 111 ms, p91 at a = 180 ms is 39 ms. The naive latency has one stall among some 200 batches:
  // its p99 is 1 ms.
  @Test
  void drive_stallEveryTwoSeconds_correctedTellsItAndNaiveDoesNot() throws Exception {
    ArrivalSchedule schedule = ArrivalSchedule.poisson(100, 400_000, 5);
    LoadFigures figures =
        figures(served(schedule, VirtualTime.stalling(MILLI, 2000 * MILLI, 200 * MILLI), 1L << 60));
    Distribution corrected = figures.times().latency().orElseThrow();
    assertThat(millis(corrected, 99)).isCloseTo(183, within(1.5));
    assertThat(millis(corrected, 95)).isCloseTo(111, within(2.0));
    assertThat(millis(corrected, 90)).isCloseTo(21, within(2.5));
    Distribution naive = figures.times().service().orElseThrow();
    assertThat(millis(naive, 99)).isEqualTo(1);
    assertThat(millis(naive, 99.9)).isCloseTo(201, within(20.0));
  }

  private static double millis(Distribution times, double percent) {
    return times.quantile(percent).nanos().orElseThrow() / (double) MILLI;
  }

  // 10 ms a batch at 200 a second: after n arrivals in n * 5 ms, n / 2 are done. Given up 1 s after
  // the last arrival at 5 s, 600 of 1000 are served, or one more.
  @Test
  void drive_rateThatCannotBeKept_isGivenUp() throws Exception {
    ArrivalSchedule schedule = ArrivalSchedule.poisson(200, 1000, 5);
    LoadRows rows = served(schedule, new VirtualTime(start -> start + 10 * MILLI), 1000 * MILLI);
    long until = schedule.lastOffset() + 1000 * MILLI;
    assertThat(rows.rows().size()).isBetween((int) (until / (10 * MILLI)) - 20, 640);
    assertThat(rows.rows().get(rows.rows().size() - 1).startedNanos()).isLessThanOrEqualTo(until);
  }

  @Test
  void drive_batchThatFails_hasNoRow() throws Exception {
    VirtualTime machine = new VirtualTime(start -> start + MILLI).failingEvery(4);
    LoadRows rows = served(ArrivalSchedule.poisson(100, 100, 1), machine, 1L << 60);
    assertThat(machine.batches()).isEqualTo(100);
    assertThat(rows.rows()).hasSize(75);
  }

  @Test
  void stop_beforeTheEnd_endsTheLoad() throws Exception {
    VirtualTime machine = new VirtualTime(start -> start + MILLI);
    ArrivalQueue queue = new ArrivalQueue(ArrivalSchedule.poisson(100, 100, 1), 0, 1L << 60);
    queue.stop();
    queue.drive(0, machine, new LoadLog(100), machine);
    assertThat(machine.batches()).isZero();
  }

  // Gaps are exponential: mean 1/rate, and their deviation is their mean.
  @Test
  void poisson_manyArrivals_haveExponentialGapsOfTheRate() {
    ArrivalSchedule schedule = ArrivalSchedule.poisson(250, 200_000, 42);
    double sum = 0;
    double squares = 0;
    long before = 0;
    for (int i = 0; i < schedule.count(); i++) {
      double gap = (schedule.offset(i) - before) / (double) MILLI;
      assertThat(gap).isNotNegative();
      sum += gap;
      squares += gap * gap;
      before = schedule.offset(i);
    }
    double mean = sum / schedule.count();
    assertThat(mean).isCloseTo(4, within(0.03));
    assertThat(Math.sqrt(squares / schedule.count() - mean * mean)).isCloseTo(4, within(0.05));
  }

  @Test
  void poisson_seed_decidesTheArrivals() {
    assertThat(ArrivalSchedule.poisson(10, 50, 1))
        .isEqualTo(ArrivalSchedule.poisson(10, 50, 1))
        .isNotEqualTo(ArrivalSchedule.poisson(10, 50, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> ArrivalSchedule.poisson(0, 5, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> ArrivalSchedule.poisson(1, 0, 1));
  }

  @Test
  void count_timeAndNumber_areBothReachedUpToTheMost() {
    assertThat(ArrivalSchedule.count(10, new LoadLimits(5000 * MILLI, 20, 1000))).isEqualTo(50);
    assertThat(ArrivalSchedule.count(1, new LoadLimits(5000 * MILLI, 20, 1000))).isEqualTo(20);
    assertThat(ArrivalSchedule.count(1e5, new LoadLimits(5000 * MILLI, 20, 1000))).isEqualTo(1000);
  }
}
