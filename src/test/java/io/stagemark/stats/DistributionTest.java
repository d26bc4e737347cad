package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

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

  // Seconds that differ by nanoseconds, around a mean that no double holds: 1, 2 and 4 have squared
  // deviations 16/9, 1/9 and 25/9 from 7/3.
  @Test
  void of_smallDifferencesOnAHighLevel_hasTheirDeviation() {
    long second = 1_000_000_000;
    Distribution d = Distribution.of(new long[] {second + 4, second + 1, second + 2});
    assertThat(d.standardDeviationNanos()).isCloseTo(Math.sqrt(42.0 / 9 / 2), within(1e-6));
  }

  @Test
  void quantile_percentThatIsNotThere_isRefused() {
    Distribution d = Distribution.of(new long[] {7});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> d.quantile(75))
        .withMessageStartingWith("no p75.0 in ");
  }

  @Test
  void new_otherPercentiles_isRefused() {
    Distribution d = Distribution.of(new long[] {7});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Distribution(1, 7, 7, 0, 7, d.quantiles().subList(0, 4)));
  }
}
