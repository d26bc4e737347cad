package io.stagemark.engine.programmable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.engine.programmable.LatencyPattern.Shape;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LatencyPatternTest {
  private static final int COUNT = 400_000;

  // Closed forms: bimodal jumps at p80; lognormal exp(0.25 z) with z = 0, 1.28155, 2.32635; Pareto
  // (1 - p)^(-1/3) = 2^(1/3), 10^(1/3), 100^(1/3).
  @ParameterizedTest
  @CsvSource({
    "CONSTANT, 1, 1, 1",
    "BIMODAL, 1, 3, 3",
    "LOGNORMAL, 1, 1.37765, 1.78879",
    "PARETO, 1.259921, 2.154435, 4.641589"
  })
  void nanos_ofManyForwards_haveTheQuantilesOfTheirShape(
      Shape shape, double p50, double p90, double p99) {
    LatencyPattern pattern = new LatencyPattern(shape, 1_000_000, 42);
    double[] sorted =
        LongStream.range(0, COUNT).mapToDouble(i -> pattern.nanos(i) / 1e6).sorted().toArray();
    assertThat(sorted[COUNT / 2]).isCloseTo(p50, within(0.005));
    assertThat(sorted[COUNT * 9 / 10]).isCloseTo(p90, within(0.01));
    assertThat(sorted[COUNT * 99 / 100]).isCloseTo(p99, within(0.05));
  }

  @Test
  void nanos_drifting_growByTheNumberOfTheForward() {
    LatencyPattern pattern = new LatencyPattern(Shape.DRIFTING, 1_000_000, 42);
    assertThat(pattern.nanos(0)).isEqualTo(1_000_000);
    assertThat(pattern.nanos(10_000)).isEqualTo(2_000_000);
  }

  @Test
  void nanos_seed_decidesTheSequence() {
    long same = 0;
    for (int i = 0; i < 1000; i++) {
      long first = new LatencyPattern(Shape.PARETO, 1_000_000, 1).nanos(i);
      assertThat(first).isEqualTo(new LatencyPattern(Shape.PARETO, 1_000_000, 1).nanos(i));
      same += first == new LatencyPattern(Shape.PARETO, 1_000_000, 2).nanos(i) ? 1 : 0;
    }
    assertThat(same).isLessThan(3);
  }

  // Stalls from 10 to 13, 20 to 23, ...: work of 4 from 8 on does 2, waits 3, does 2: 15. Work of 9
  // from 8 on: 2, wait 3, 7 until 20 and no stall is met any more. One more unit meets it: 24.
  @ParameterizedTest
  @CsvSource({
    "0, 10, 10",
    "8, 4, 15",
    "8, 9, 20",
    "8, 10, 24",
    "11, 1, 14",
    "13, 2, 15",
    "1, 3, 4"
  })
  void end_workThatMeetsStalls_endsLaterByThem(long from, long work, long end) {
    assertThat(new Stalls(10, 3).end(from, work)).isEqualTo(end);
  }

  @Test
  void end_withoutStalls_isTheWorkAlone() {
    assertThat(new Stalls(10, 0).end(8, 40)).isEqualTo(48);
  }
}
