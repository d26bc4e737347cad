package io.stagemark.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.SampleRun;
import org.junit.jupiter.api.Test;

final class ClosureTest {
  // 1 % of 1 ms is 10 µs; of 20 µs it is 0.2 µs, where 2 µs are allowed.
  @Test
  void holds_gapOfOnePercentOrTwoMicroseconds_isTheLimit() {
    assertThat(new Closure(10_000, 1_000_000).holds()).isTrue();
    assertThat(new Closure(10_001, 1_000_000).holds()).isFalse();
    assertThat(new Closure(2000, 20_000).holds()).isTrue();
    assertThat(new Closure(2001, 20_000).holds()).isFalse();
  }

  @Test
  void of_caseWithFigures_comparesTheMedians() {
    Closure closure = Closure.of(SampleRun.complete().cases().get(0)).orElseThrow();
    assertThat(closure.text()).isEqualTo("gap p50 0.4 µs, 0.001 % of the total");
    assertThat(Closure.of(SampleRun.withAFailedCase().cases().get(1))).isEmpty();
  }
}
