package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class DistributionTest {

  // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squared deviations 9+1+1+1+0+0+4+16 = 32, sqrt(32/7) = 2.13809.
  @Test
  void of_eightValues_hasMeanAndDeviationWorkedByHand() {
    Distribution d = Distribution.of(new long[] {9, 4, 2, 4, 5, 7, 5, 4});
    assertThat(d.count()).isEqualTo(8);
    assertThat(d.minNanos()).isEqualTo(2);
    assertThat(d.maxNanos()).isEqualTo(9);
    assertThat(d.meanNanos()).isEqualTo(5);
    assertThat(d.standardDeviationNanos()).isEqualTo(Math.sqrt(32.0 / 7));
  }

  @Test
  void of_tooFewSamplesForAPercentile_leavesItOutAndSaysHowManyItNeeds() {
    Distribution d = Distribution.of(LongStream.rangeClosed(1, 64).toArray());
    assertThat(d.quantile(50).nanos()).isEqualTo(OptionalLong.of(32));
    assertThat(d.quantile(90).nanos()).isEqualTo(OptionalLong.of(58));
    assertThat(d.quantile(95).nanos()).isEmpty();
    assertThat(d.quantile(95).reason(d.count())).isEqualTo("needs 66 more samples (130 in all)");
    assertThat(d.quantile(99).label()).isEqualTo("p99");
  }

  @Test
  void of_oneSample_hasNoDeviationAndNoMedian() {
    Distribution d = Distribution.of(new long[] {7});
    assertThat(d.standardDeviationNanos()).isZero();
    assertThat(d.quantile(50).nanos()).isEmpty();
  }

  @Test
  void of_nothing_isRejected() {
    assertThatIllegalArgumentException().isThrownBy(() -> Distribution.of(new long[0]));
  }
}
