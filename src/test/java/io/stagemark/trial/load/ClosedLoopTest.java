package io.stagemark.trial.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stagemark.run.load.VirtualTime;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class ClosedLoopTest {
  private static final long MILLI = 1_000_000;

  // 3 ms of work and 7 ms of idle time: a batch begins every 10 ms, from 5 ms on; the 100 ms are
  // over at the tenth.
  @Test
  void drive_paced_waitsTheGapAfterEachBatch() throws Exception {
    VirtualTime machine = new VirtualTime(start -> start + 3 * MILLI);
    LoadLog log = new LoadLog(100);
    new ClosedLoop(new LoadLimits(100 * MILLI, 1, 100), 1, 5 * MILLI, 7 * MILLI)
        .drive(0, machine, log, machine);
    assertThat(log.count()).isEqualTo(10);
    for (int i = 0; i < 10; i++) {
      assertThat(log.started(i)).isEqualTo((5 + 10L * i) * MILLI);
      assertThat(log.due(i)).isEqualTo(log.started(i));
      assertThat(log.ended(i) - log.started(i)).isEqualTo(3 * MILLI);
    }
  }

  @Test
  void drive_extentOfAllStreams_isSharedAmongThem() throws Exception {
    VirtualTime machine = new VirtualTime(start -> start + MILLI);
    LoadLog log = new LoadLog(100);
    new ClosedLoop(new LoadLimits(0, 41, 100), 4, 0, 0).drive(0, machine, log, machine);
    assertThat(log.count()).isEqualTo(11);
    LoadLog most = new LoadLog(100);
    new ClosedLoop(new LoadLimits(1L << 60, 1, 100), 4, 0, 0).drive(0, machine, most, machine);
    assertThat(most.count()).isEqualTo(25);
  }

  @Test
  void drive_tenThousandBatchesInSteadyState_allocatesNothing() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    VirtualTime machine = new VirtualTime(start -> start + 1000);
    long least = Long.MAX_VALUE;
    for (int window = 0; window < 6; window++) {
      LoadLog log = new LoadLog(10_000);
      Driver closed = new ClosedLoop(new LoadLimits(0, 10_000, 10_000), 1, 0, 1);
      LoadLog served = new LoadLog(10_000);
      Driver queue =
          new ArrivalQueue(ArrivalSchedule.poisson(1000, 10_000, 1), machine.nanos(), 1L << 60);
      LoadLog inRounds = new LoadLog(10_000);
      Driver rounds = new Rounds(new LoadLimits(0, 10_000, 10_000), 1, 0);
      long before = threads.getCurrentThreadAllocatedBytes();
      closed.drive(0, machine, log, machine);
      queue.drive(0, machine, served, machine);
      rounds.drive(0, machine, inRounds, machine);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      assertThat(log.count() + served.count() + inRounds.count()).isEqualTo(30_000);
    }
    assertThat(least).isZero();
  }

  // Three real threads: who ends early waits, and a round's batches share the time they were due.
  @Test
  void drive_rounds_neverBeginBeforeTheLastOfTheRoundBeforeHasEnded() throws Exception {
    WaitingClock clock = new WaitingClock();
    Rounds rounds = new Rounds(new LoadLimits(0, 300, 900), 3, clock.nanos());
    List<LoadLog> logs = drive(rounds, clock, -1);
    LoadRows rows = LoadRows.of(0, logs);
    assertThat(rows.rows()).hasSize(300);
    assertThat(rows.rounds(3)).hasSize(100);
    for (int round = 1; round < 100; round++) {
      for (LoadLog log : logs) {
        for (LoadLog other : logs) {
          assertThat(log.due(round)).isEqualTo(other.due(round));
          assertThat(log.started(round)).isGreaterThanOrEqualTo(other.ended(round - 1));
        }
      }
    }
  }

  @Test
  void stop_streamThatLeavesARound_freesTheOthers() throws Exception {
    WaitingClock clock = new WaitingClock();
    Rounds rounds = new Rounds(new LoadLimits(0, 30_000, 30_000), 3, clock.nanos());
    List<LoadLog> logs = drive(rounds, clock, 50);
    assertThat(logs.get(0).count()).isLessThanOrEqualTo(52);
  }

  private static List<LoadLog> drive(Rounds rounds, LoadClock clock, int stopAfter)
      throws Exception {
    List<LoadLog> logs = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int stream = 0; stream < 3; stream++) {
        int index = stream;
        LoadLog log = new LoadLog(30_000);
        logs.add(log);
        BatchStream own = new OnClock(clock, index == 2 ? stopAfter : -1, rounds);
        running.add(
            threads.submit(
                () -> {
                  rounds.drive(index, own, log, clock);
                  return index;
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    return logs;
  }

  /** A batch that takes no time worth telling, and may stop the load. */
  private static final class OnClock implements BatchStream {
    private final LoadClock clock;
    private final int stopAfter;
    private final Driver driver;
    private long started;
    private long ended;
    private int batches;

    OnClock(LoadClock clock, int stopAfter, Driver driver) {
      this.clock = clock;
      this.stopAfter = stopAfter;
      this.driver = driver;
    }

    @Override
    public boolean batch() {
      started = clock.nanos();
      if (++batches == stopAfter) {
        driver.stop();
      }
      ended = clock.nanos();
      return true;
    }

    @Override
    public long startedNanos() {
      return started;
    }

    @Override
    public long endedNanos() {
      return ended;
    }
  }
}
