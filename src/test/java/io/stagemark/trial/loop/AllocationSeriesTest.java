package io.stagemark.trial.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.run.FakeSession;
import io.stagemark.trial.loop.MeasuredLoop.BatchLimits;
import io.stagemark.trial.sample.Samples;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/** Bytes a batch of one build, whatever the number of batches that a run has time for. */
final class AllocationSeriesTest {
  private long allocated = 1_000_000;

  private AllocationSeries series(int rotation) {
    return new AllocationSeries(() -> allocated, () -> rotation);
  }

  /** Runs batches that allocate what a function of their number, from 0, says. */
  private AllocationSeries run(int rotation, int batches, IntToLongFunction bytes) {
    AllocationSeries series = series(rotation);
    series.begin();
    for (int i = 0; i < batches; i++) {
      allocated += bytes.applyAsLong(i);
      series.batch();
    }
    series.end();
    return series;
  }

  /** 640 bytes a batch; a class is loaded in the first batch, and another in batch 37. */
  private static long withFixedCosts(int batch) {
    return 640L + (batch == 0 ? 2_000_000 : batch == 37 ? 300_000 : 0);
  }

  @Test
  void slope_runsOfOtherLengths_agreesToTheByte() {
    for (int batches : new int[] {40, 50, 100, 333, 5000, 100_000}) {
      AllocationSeries series = run(4, batches, AllocationSeriesTest::withFixedCosts);
      assertThat(series.slope()).as("%d batches", batches).hasValue(640);
    }
    // the mean over the whole run is another figure in each
    assertThat(run(4, 100, AllocationSeriesTest::withFixedCosts).mean()).isEqualTo(640 + 23_000);
    assertThat(run(4, 1000, AllocationSeriesTest::withFixedCosts).mean()).isEqualTo(640 + 2300);
  }

  // Examples of 100, 200, 300 and 6000 bytes: 1650 a batch, whichever of them comes first.
  @Test
  void slope_examplesThatDiffer_isTheirMeanWhicheverComesFirst() {
    long[] bytes = {100, 200, 300, 6000};
    for (int first = 0; first < 4; first++) {
      int from = first;
      assertThat(run(4, 11, i -> bytes[(i + from) % 4]).slope()).hasValue(1650);
      assertThat(run(4, 4 * 16 + 3, i -> bytes[(i + from) % 4]).slope()).hasValue(1650);
      assertThat(run(4, 4999, i -> bytes[(i + from) % 4]).slope()).hasValue(1650);
    }
  }

  @Test
  void slope_kibibyteMoreInEachBatch_isExactlyThatMore() {
    double before = run(4, 100, AllocationSeriesTest::withFixedCosts).slope().orElseThrow();
    double after = run(4, 70, i -> withFixedCosts(i) + 1024).slope().orElseThrow();
    assertThat(after - before).isEqualTo(1024);
  }

  // 8192 bytes in every eighth batch: 1024 a batch; it must not be taken for a fixed cost
  @Test
  void slope_allocationOfEveryEighthBatch_isPartOfIt() {
    assertThat(run(1, 128, i -> i % 8 == 7 ? 8192 : 0).slope()).hasValue(1024);
    assertThat(run(1, 100_000, i -> i % 8 == 7 ? 8192 : 0).slope()).hasValue(1024);
  }

  @Test
  void slope_lessThanTwoShortRotations_isEmpty() {
    assertThat(run(4, 7, i -> 640).slope()).isEmpty();
    assertThat(run(4, 8, i -> 640).slope()).hasValue(640);
    assertThat(series(4).slope()).isEmpty();
  }

  // a rotation of 16 batches is enough alone, one of 15 is not
  @Test
  void slope_oneRotation_needsSixteenBatches() {
    assertThat(run(16, 20, i -> 640).slope()).hasValue(640);
    assertThat(run(15, 20, i -> 640).slope()).isEmpty();
    assertThat(run(16, 15, i -> 640).slope()).isEmpty();
  }

  @Test
  void mean_fewBatches_isOverAllOfThem() {
    assertThat(run(4, 3, i -> i == 0 ? 1240 : 640).mean()).isEqualTo(840);
    assertThat(series(4).mean()).isZero();
  }

  // What a gate does between two turns, and what first visits keep, is not of a batch.
  @Test
  void begin_betweenTurns_leavesOutWhatIsAllocatedThere() {
    AllocationSeries series = series(2);
    for (int turn = 0; turn < 5; turn++) {
      series.begin();
      for (int i = 0; i < 3; i++) {
        allocated += 640;
        if (turn == 0) {
          long reading = series.reading();
          allocated += 50_000;
          series.leaveOutSince(reading);
        }
        series.batch();
      }
      series.end();
      allocated += 7_000_000;
    }
    assertThat(series.slope()).hasValue(640);
    assertThat(series.mean()).isEqualTo(640);
  }

  @Test
  void restart_forgetsTheBatchesBefore() {
    AllocationSeries series = run(1, 100, i -> 9999);
    allocated += 5_000_000;
    series.restart();
    for (int i = 0; i < 20; i++) {
      allocated += 640;
      series.batch();
    }
    series.end();
    assertThat(series.slope()).hasValue(640);
    assertThat(series.mean()).isEqualTo(640);
  }

  @Test
  void measuredLoop_kibibyteMoreInEachForward_isExactlyThatMore() throws Exception {
    double less = measured(0, 5000);
    double more = measured(1024, 4321);
    assertThat(more - less).isEqualTo(1024);
  }

  /** An array of 1008 bytes takes 1024 with its header. */
  private static double measured(int bytes, int batches) throws Exception {
    FakeSession session = new FakeSession(1);
    session.allocatedBytes = bytes;
    MeasuredLoop loop = FakeSession.loop(session, 3, 1, TotalFrom.FILE);
    Object[] kept = new Object[3];
    MeasuredLoop.FirstVisit keep = (example, slot) -> kept[example] = new byte[50_000];
    for (int i = 0; i < 20_000; i++) {
      loop.discarded(); // until nothing is interpreted
    }
    loop.measure(new Samples(batches), new BatchLimits(0, batches), keep);
    return loop.allocations().slope().orElseThrow();
  }
}
