package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JudgedPercentileTest {
  @ParameterizedTest
  @CsvSource({"50, 60", "95, 600", "99, 3000", "99.9, 30000"})
  void needed_percentile_leavesThirtyInTheTail(double percent, int needed) {
    assertThat(JudgedPercentile.needed(percent)).isEqualTo(needed);
  }

  @ParameterizedTest
  @CsvSource({"20, 20", "60, 60", "599, 60", "600, 600", "1000, 600", "2999, 600", "5000, 3000"})
  void neededAsFor_observations_judgesTheSamePercentiles(int observations, int needed) {
    assertThat(JudgedPercentile.neededAsFor(observations)).isEqualTo(needed);
  }
}
