package io.stagemark.trial.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.data.Stage;
import io.stagemark.engine.EngineException;
import io.stagemark.run.FakeSession;
import io.stagemark.trial.loop.MeasuredLoop.BatchLimits;
import io.stagemark.trial.sample.Samples;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MeasuredLoopTest {
  private final List<Integer> kept = new ArrayList<>();

  @Test
  void measure_tenThousandBatchesInSteadyState_allocatesNothing() throws Exception {
    MeasuredLoop loop = FakeSession.loop(new FakeSession(1), 3, 1, TotalFrom.FILE);
    // The first batches visit each example, and the JIT compiles what allocates while interpreted.
    MeasuredLoop.FirstVisit keep = this::keep;
    loop.measure(new Samples(20_000), new BatchLimits(0, 20_000), keep);

    long least = Long.MAX_VALUE;
    // A method that is compiled anew in between may allocate once: the steady state is the least.
    for (int window = 0; window < 5; window++) {
      least = Math.min(least, allocatedBytes(loop, new Samples(10_000), keep));
    }
    assertThat(least).isZero();
  }

  private static long allocatedBytes(
      MeasuredLoop loop, Samples samples, MeasuredLoop.FirstVisit keep) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    BatchLimits tenThousand = new BatchLimits(0, 10_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    loop.measure(samples, tenThousand, keep);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(samples.count()).isEqualTo(10_000);
    return allocated;
  }

  @Test
  void measure_stagesAndGap_addUpToTheTotalOfEveryBatch() throws Exception {
    Samples samples = new Samples(500);
    FakeSession.loop(new FakeSession(1), 3, 1, TotalFrom.FILE)
        .measure(samples, new BatchLimits(0, 500), this::keep);
    for (int i = 0; i < samples.count(); i++) {
      long stages = 0;
      for (Stage stage :
          List.of(Stage.DECODE, Stage.PREPROCESS, Stage.FORWARD, Stage.POSTPROCESS)) {
        assertThat(samples.of(stage)[i]).isNotNegative();
        stages += samples.of(stage)[i];
      }
      assertThat(samples.of(Stage.TOTAL)[i]).isGreaterThanOrEqualTo(stages);
    }
  }

  @Test
  void measure_wallTime_isAtLeastTheSumOfTheTotals() throws Exception {
    Samples samples = new Samples(200);
    long wall =
        FakeSession.loop(new FakeSession(1), 3, 1, TotalFrom.FILE)
            .measure(samples, new BatchLimits(0, 200), this::keep);
    long totals = 0;
    for (long total : samples.of(Stage.TOTAL)) {
      totals += total;
    }
    assertThat(wall).isGreaterThanOrEqualTo(totals);
  }

  @Test
  void measure_extentReachedEarly_stillVisitsEveryExampleOnce() throws Exception {
    Samples samples = new Samples(100);
    FakeSession.loop(new FakeSession(2), 5, 2, TotalFrom.FILE)
        .measure(samples, new BatchLimits(0, 1), this::keep);
    assertThat(samples.count()).isEqualTo(3);
    assertThat(kept).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void measure_batchThatFails_hasNoSampleAndIsCounted() throws Exception {
    FakeSession session = new FakeSession(1);
    session.failEvery = 4;
    MeasuredLoop loop = FakeSession.loop(session, 1, 1, TotalFrom.FILE);
    Samples samples = new Samples(30);
    loop.measure(samples, new BatchLimits(0, 30), this::keep);
    assertThat(samples.count()).isEqualTo(30);
    assertThat(loop.failedBatches()).isEqualTo(9);
    assertThat(session.forwards).isEqualTo(39);
  }

  @Test
  void measure_everyBatchFails_givesUpWithTheReason() throws Exception {
    FakeSession session = new FakeSession(1);
    session.failEvery = 1;
    MeasuredLoop loop = FakeSession.loop(session, 1, 1, TotalFrom.FILE);
    assertThatThrownBy(() -> loop.measure(new Samples(30), new BatchLimits(0, 30), this::keep))
        .isInstanceOf(EngineException.class)
        .hasMessage("10 batches in a row failed; the last: fake failure at forward 10");
  }

  @Test
  void measure_outputsThatChangeForTheSameExample_areCounted() throws Exception {
    FakeSession session = new FakeSession(1);
    MeasuredLoop steady = FakeSession.loop(session, 2, 1, TotalFrom.FILE);
    steady.measure(new Samples(20), new BatchLimits(0, 20), this::keep);
    assertThat(steady.changedOutputs()).isZero();

    session.drifting = true;
    MeasuredLoop drifting = FakeSession.loop(session, 2, 1, TotalFrom.FILE);
    drifting.measure(new Samples(20), new BatchLimits(0, 20), this::keep);
    assertThat(drifting.changedOutputs()).isEqualTo(18);
    // Forwards 21 and 22 are the first visits, 39 and 40 the last: 18 of 21 apart.
    assertThat(steady.largestChange()).isZero();
    assertThat(drifting.largestChange()).isEqualTo(18 / 21.0);
  }

  // Scoring hangs on the first visit: it must find the batch's times written down already, and must
  // not change them.
  @Test
  void measure_firstVisit_comesAfterTheSampleOfItsBatchStands() throws Exception {
    Samples samples = new Samples(50);
    List<Long> totalsAtVisit = new ArrayList<>();
    FakeSession.loop(new FakeSession(1), 3, 1, TotalFrom.FILE)
        .measure(
            samples,
            new BatchLimits(0, 50),
            (example, slot) -> {
              assertThat(samples.count()).isEqualTo(example + 1);
              totalsAtVisit.add(samples.of(Stage.TOTAL)[example]);
            });
    long[] totals = samples.of(Stage.TOTAL);
    assertThat(totalsAtVisit).containsExactly(totals[0], totals[1], totals[2]);
  }

  @Test
  void discarded_batch_isTimedAndLeavesTheRotationWhereItEnded() throws Exception {
    FakeSession session = new FakeSession(2);
    MeasuredLoop loop = FakeSession.loop(session, 3, 2, TotalFrom.FILE);
    assertThat(loop.discarded()).isPositive();
    assertThat(loop.nextExample()).isEqualTo(2);
    assertThat(loop.discarded()).isPositive();
    assertThat(loop.nextExample()).isEqualTo(1);
    assertThat(session.forwards).isEqualTo(2);
  }

  @Test
  void settle_afterABatch_repeatsItAndLeavesTheRotationAsItWas() throws Exception {
    FakeSession session = new FakeSession(2);
    MeasuredLoop loop = FakeSession.loop(session, 3, 2, TotalFrom.FILE);
    loop.discarded();
    loop.settle(2);
    assertThat(loop.nextExample()).isEqualTo(2);
    assertThat(session.forwards).isEqualTo(3);
  }

  private void keep(int example, int slot) {
    kept.add(example);
  }
}
