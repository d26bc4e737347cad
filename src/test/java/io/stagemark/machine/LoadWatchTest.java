package io.stagemark.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadWatchTest {
  @TempDir Path root;

  @Test
  void parse_aLineOfTenFields_sumsBusyIdleAndSteal() {
    // user 100, nice 20, system 30, idle 400, iowait 5, irq 6, softirq 7, steal 8; guest (9 of the
    // user's 100) is not counted twice: busy 100+20+30+6+7 = 163, idle 405, steal 8.
    assertThat(CpuTicks.parse("cpu  100 20 30 400 5 6 7 8 9 0\ncpu0 1 2 3"))
        .contains(new CpuTicks(163, 405, 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cpu 1 2 3 4 5 6 7", "cpu0 1 2 3 4 5 6 7 8", "cpu a 2 3 4 5 6 7 8"})
  void parse_anythingElse_isAbsent(String text) {
    assertThat(CpuTicks.parse(text)).isEmpty();
  }

  @Test
  void elsewhere_busyLessOwnTime_isAShareOfTheMachine() {
    // 200 ticks of 10 ms in all, 120 busy, of them 0.9 s = 90 ticks our own: 30 of 200.
    Optional<CpuTicks> between = Optional.of(new CpuTicks(120, 70, 10));
    assertThat(LoadWatch.elsewhere(between, 900_000_000).orElseThrow())
        .isCloseTo(0.15, within(1e-12));
    assertThat(LoadWatch.steal(between).orElseThrow()).isCloseTo(0.05, within(1e-12));
  }

  @Test
  void elsewhere_ownTimeATickAhead_isZeroAndNotNegative() {
    assertThat(LoadWatch.elsewhere(Optional.of(new CpuTicks(100, 100, 0)), 1_010_000_000))
        .isEqualTo(OptionalDouble.of(0));
  }

  @Test
  void shares_ofTooFewTicks_areAbsent() {
    assertThat(LoadWatch.steal(Optional.of(new CpuTicks(10, 9, 0)))).isEmpty();
    assertThat(LoadWatch.steal(Optional.of(new CpuTicks(10, 10, 0)))).isPresent();
    assertThat(LoadWatch.elsewhere(Optional.of(new CpuTicks(10, 9, 0)), 0)).isEmpty();
  }

  @Test
  void stop_aSystemThatTellsNothing_isAbsentAndNeverZero() {
    LoadWatch.Load load = LoadWatch.start(new SystemFiles(root)).stop();
    assertThat(load.stealShare()).isEmpty();
    assertThat(load.elsewhereShare()).isEmpty();
    assertThat(load.throttledNanos()).isEmpty();
  }

  @Test
  void stop_countersThatMoved_givesTheirDifference() throws Exception {
    write("proc/stat", "cpu 1000 0 0 1000 0 0 0 100 0 0");
    write("sys/fs/cgroup/cpu.stat", "usage_usec 5\nnr_throttled 1\nthrottled_usec 7000");
    LoadWatch watch = LoadWatch.start(new SystemFiles(root));
    write("proc/stat", "cpu 1000 0 0 1150 0 0 0 150 0 0");
    write("sys/fs/cgroup/cpu.stat", "usage_usec 9\nnr_throttled 3\nthrottled_usec 9500");
    LoadWatch.Load load = watch.stop();
    assertThat(load.stealShare()).isEqualTo(OptionalDouble.of(0.25));
    assertThat(load.throttledNanos()).isEqualTo(OptionalLong.of(2_500_000));
  }

  @Test
  void canary_everyRun_doesTheSameWork() {
    Canary canary = new Canary();
    Canary.Times times = canary.run();
    double sum = canary.sum();
    canary.run();
    assertThat(canary.sum()).isEqualTo(sum).isNotZero();
    assertThat(times.bestNanos()).isPositive().isLessThanOrEqualTo(times.medianNanos());
  }

  private void write(String file, String text) throws Exception {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
