package io.stagemark.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SharedCoreProbeTest {
  @Test
  void quiet_aThirdAboveTheLevel_isNot() {
    SharedCoreProbe probe = new SharedCoreProbe();
    for (int i = 0; i < 100; i++) {
      assertThat(probe.take()).isPositive();
    }
    probe.learn();
    long level = Math.round(probe.level().orElseThrow());
    assertThat(probe.quiet(level)).isTrue();
    assertThat(probe.quiet(level * 105 / 100)).isTrue();
    assertThat(probe.quiet(level * 4 / 3)).isFalse();
  }

  @Test
  void learn_tooFewWereTaken_knowsNoLevelAndCallsNothingShared() {
    SharedCoreProbe probe = new SharedCoreProbe();
    for (int i = 0; i < 99; i++) {
      probe.take();
    }
    probe.learn();
    assertThat(probe.level()).isEmpty();
    assertThat(probe.quiet(Long.MAX_VALUE)).isTrue();
  }

  @Test
  void learn_again_neverRaisesTheLevel() {
    SharedCoreProbe probe = new SharedCoreProbe();
    double last = Double.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 100; i++) {
        probe.take();
      }
      probe.learn();
      assertThat(probe.level().orElseThrow()).isPositive().isLessThanOrEqualTo(last);
      last = probe.level().orElseThrow();
    }
  }
}
