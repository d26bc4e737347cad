package io.stagemark.trial.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LatencySeriesTest {
  private static LatencySeries of(int batches) {
    LatencySeries series = new LatencySeries();
    for (int i = 0; i < batches; i++) {
      series.add(1_000 + i, i % 4);
    }
    return series;
  }

  /** Σ (1000 + i) for i below n. */
  private static long sum(long n) {
    return 1_000 * n + n * (n - 1) / 2;
  }

  @Test
  void add_asManyAsFit_keepsEveryBatch() {
    LatencySeries full = of(1_024);
    assertThat(full.points()).isEqualTo(1_024);
    assertThat(full.batchesPerPoint()).isEqualTo(1);
    assertThat(full.nanosBefore(10)).isEqualTo(sum(10));
  }

  // The 1,025th batch halves the points and waits for its partner.
  @Test
  void add_oneMoreThanFits_addsNeighboursTogether() {
    LatencySeries halved = of(1_025);
    assertThat(halved.points()).isEqualTo(512);
    assertThat(halved.batchesPerPoint()).isEqualTo(2);
    assertThat(of(1_026).points()).isEqualTo(513);
    assertThat(of(1_026).nanosBefore(513)).isEqualTo(sum(1_026));
  }

  @Test
  void add_aMillionBatches_keepsTheirSumAndOrder() {
    LatencySeries series = of(1_000_000);
    assertThat(series.points()).isBetween(512, 1_024);
    assertThat(series.nanosBefore(series.points()))
        .isEqualTo(sum((long) series.points() * series.batchesPerPoint()));
    assertThat(series.nanosBefore(7)).isEqualTo(sum(7L * series.batchesPerPoint()));
  }
}
