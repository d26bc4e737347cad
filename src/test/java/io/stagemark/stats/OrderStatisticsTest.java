package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.stats.OrderStatistics.Ranks;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OrderStatisticsTest {
  // scipy 1.10.1: l = max{k: binom.cdf(k-1, n, p) <= .025}, u = min{k: binom.cdf(k-1, n, p) >=
  // .975}
  @ParameterizedTest
  @CsvSource({
    "11, 50, 2, 10, 0.98828125",
    "100, 50, 40, 61, 0.9647997997822952",
    "64, 90, 53, 63, 0.9668067414004192",
    "130, 95, 118, 129, 0.9764233956320306",
    "662, 99, 650, 661, 0.9723353426557908",
    "1000, 95, 936, 964, 0.9580952682226541",
    "300000, 99, 296893, 297107, 0.9504038772352799"
  })
  void ranks_ofKnownCounts_areTheBinomials(
      int n, double percent, int low, int high, double confidence) {
    Ranks ranks = OrderStatistics.ranks(n, percent).orElseThrow();
    assertThat(ranks.low()).isEqualTo(low);
    assertThat(ranks.high()).isEqualTo(high);
    assertThat(ranks.confidence()).isCloseTo(confidence, within(1e-9));
  }

  // Five values bound no median: the smallest is above it with 2^-5 = 3 %, more than 2.5 %; six do.
  @Test
  void ranks_tooFewValues_boundNothing() {
    assertThat(OrderStatistics.ranks(5, 50)).isEmpty();
    Ranks six = OrderStatistics.ranks(6, 50).orElseThrow();
    assertThat(six.low()).isEqualTo(1);
    assertThat(six.high()).isEqualTo(6);
    assertThat(six.confidence()).isCloseTo(0.96875, within(1e-12));
    assertThatIllegalArgumentException().isThrownBy(() -> OrderStatistics.ranks(10, 100));
  }

  @Property
  void interval_ofAnyCountThatPrintsAPercentile_holdsItsValue(
      @ForAll @IntRange(min = 662, max = 20_000) int n) {
    long[] sorted = LongStream.rangeClosed(1, n).toArray();
    for (double percent : new double[] {50, 90, 95, 99}) {
      QuantileInterval interval = OrderStatistics.interval(sorted, percent).orElseThrow();
      assertThat(Percentile.nearestRank(sorted, percent))
          .isBetween(interval.lowNanos(), interval.highNanos());
      assertThat(interval.confidence()).isBetween(0.95, 0.995);
    }
  }

  // The law itself: of 2000 samples of a known distribution, at least 95 % hold its p95; the
  // binomial's own spread at 97 % is 0.4 %, so that 94 % is eight of them away.
  @Test
  void interval_ofManyUniformSamples_holdsTheTruthAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(7);
    int held = 0;
    for (int i = 0; i < 2000; i++) {
      long[] sorted = random.longs(200, 0, 1_000_000).toArray();
      Arrays.sort(sorted);
      QuantileInterval interval = OrderStatistics.interval(sorted, 95).orElseThrow();
      if (interval.lowNanos() <= 950_000 && 950_000 <= interval.highNanos()) {
        held++;
      }
    }
    assertThat(held).isBetween(1880, 1990);
  }

  @Test
  void ranks_percentOutsideOfZeroToHundred_isRefused() {
    for (double percent : new double[] {0, 100, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OrderStatistics.ranks(10, percent))
          .withMessage("percent must be in (0, 100), was " + percent);
    }
  }
}
