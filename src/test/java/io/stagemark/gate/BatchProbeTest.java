package io.stagemark.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.engine.Device;
import io.stagemark.engine.EngineSettings;
import io.stagemark.run.FakeSession;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.loop.WarmUp;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BatchProbeTest {
  private static final int BATCHES = 200;

  private final FakeSession session = new FakeSession(1);

  private static BatchProbe probe(int threads) {
    return new BatchProbe(new EngineSettings(Device.CPU, threads, Map.of()));
  }

  private BatchProbe.Turn measured(BatchProbe probe, int batches) throws Exception {
    MeasuredLoop loop = FakeSession.loop(session, 3, 1, TotalFrom.FILE);
    WarmUp.Batches warming = probe.warming(loop);
    session.forwardMillis = 6;
    for (int i = 0; i < 3; i++) {
      warming.discarded();
    }
    session.forwardMillis = batches == BATCHES ? 0 : 6;
    BatchProbe.Turn turn = probe.turn(batches);
    probe.measure(loop, turn, (example, slot) -> {});
    probe.learn();
    return turn;
  }

  @Test
  void measure_batchesThatGotShortAfterTheWarmUp_areProbed() throws Exception {
    BatchProbe probe = probe(1);
    BatchProbe.Turn turn = measured(probe, BATCHES);
    assertThat(probe.levelNanos().orElseThrow()).isPositive();
    assertThat(turn.samples().count()).isEqualTo(BATCHES);
    // the level is the first tenth of what was taken: that much is below it
    assertThat(turn.quietBatches()).isBetween(1, BATCHES);
  }

  @Test
  void measure_longBatches_haveProbesThatTellNothing() throws Exception {
    BatchProbe probe = probe(1);
    BatchProbe.Turn turn = measured(probe, BATCHES / 2);
    assertThat(probe.levelNanos()).isEmpty();
    assertThat(turn.quietBatches()).isEqualTo(BATCHES / 2);
    assertThat(turn.quiet(0)).isTrue();
  }

  @Test
  void measure_twoThreads_haveNone() throws Exception {
    BatchProbe probe = probe(2);
    assertThat(measured(probe, BATCHES).quietBatches()).isEqualTo(BATCHES);
    assertThat(probe.levelNanos()).isEmpty();
  }
}
