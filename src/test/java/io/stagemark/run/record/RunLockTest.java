package io.stagemark.run.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunLockTest {
  private static final int RUNS = 4;
  private static final int TIMES = 300;

  @TempDir Path reports;

  @Test
  void take_whileHeld_saysThatAnotherRunIsThere() throws Exception {
    Path folder = reports.resolve("quickstart");
    try (RunLock held = RunLock.take(folder)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> RunLock.take(reports.resolve("x/../quickstart")))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("another run is writing there");
    }
    RunLock.take(folder).close();
  }

  @Test
  void close_fileStays_soThatItsNameIsOneFileForAll() throws Exception {
    RunLock.take(reports.resolve("a")).close();
    Object first = Files.readAttributes(reports.resolve(".a.lock"), "*").get("fileKey");
    RunLock.take(reports.resolve("a")).close();
    assertThat(Files.readAttributes(reports.resolve(".a.lock"), "*").get("fileKey"))
        .isEqualTo(first);
  }

  @Test
  void take_manyAtTheSameMoment_oneHoldsIt() throws Exception {
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService runs = Executors.newFixedThreadPool(RUNS);
    List<Future<Integer>> taken = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      taken.add(runs.submit(() -> takeAgainAndAgain(holders, most)));
    }
    int all = 0;
    for (Future<Integer> each : taken) {
      all += each.get();
    }
    runs.shutdown();
    assertThat(all).isPositive();
    assertThat(most).hasValue(1);
  }

  private int takeAgainAndAgain(AtomicInteger holders, AtomicInteger most) throws Exception {
    int taken = 0;
    for (int i = 0; i < TIMES; i++) {
      try (RunLock lock = RunLock.take(reports.resolve("b"))) {
        assertThat(lock).isNotNull();
        most.accumulateAndGet(holders.incrementAndGet(), Math::max);
        taken++;
        holders.decrementAndGet();
      } catch (BadInputException e) {
        // Held by another one: the next time, perhaps.
      }
    }
    return taken;
  }
}
