package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PercentileTest {
  @Test
  void nearestRank_ofTwo_medianIsTheLower() {
    assertThat(Percentile.nearestRank(new long[] {1, 2}, 50)).isEqualTo(1);
    assertThat(Percentile.nearestRank(new long[] {1, 2}, 50.1)).isEqualTo(2);
    assertThat(Percentile.nearestRank(new long[] {1, 2}, 100)).isEqualTo(2);
  }

  // n = 100: p99 is the 99th of the sorted values, not the 100th and not between them.
  @Test
  void nearestRank_ofHundred_p99IsThe99th() {
    long[] sorted = LongStream.rangeClosed(1, 100).toArray();
    assertThat(Percentile.nearestRank(sorted, 99)).isEqualTo(99);
    assertThat(Percentile.nearestRank(sorted, 99.01)).isEqualTo(100);
  }

  @Test
  void nearestRank_everyWholePercentOfAThousand_isTenTimesThePercent() {
    long[] sorted = LongStream.rangeClosed(1, 1000).toArray();
    for (int percent = 1; percent <= 100; percent++) {
      assertThat(Percentile.nearestRank(sorted, percent)).isEqualTo(10L * percent);
    }
  }

  @Test
  void nearestRank_zeroPercentOrNoValues_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Percentile.nearestRank(new long[] {1}, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Percentile.nearestRank(new long[0], 50));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Percentile.nearestRank(new long[] {1}, 100.1));
  }

  @Property
  void nearestRank_isAMeasuredValueThatPPercentDoNotExceed(
      @ForAll @Size(min = 1, max = 200) long[] values,
      @ForAll @DoubleRange(min = 0.1, max = 100) double percent) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    long found = Percentile.nearestRank(sorted, percent);
    long atMost = Arrays.stream(sorted).filter(v -> v <= found).count();
    long below = Arrays.stream(sorted).filter(v -> v < found).count();
    assertThat(atMost * 100.0).isGreaterThanOrEqualTo(percent * sorted.length - 1e-6);
    assertThat(below * 100.0).isLessThan(percent * sorted.length + 1e-6);
  }

  // The counts of MLPerf LoadGen's early stopping at 99 % confidence; p50 by hand:
  // 12/2^11 = 0.0059 <= 0.01 < 11/2^10 = 0.0107.
  @ParameterizedTest
  @CsvSource({"50, 11", "90, 64", "95, 130", "99, 662", "99.9, 6636"})
  void minimumSamples_ofUsualPercents_areLoadGens(double percent, int samples) {
    assertThat(Percentile.minimumSamples(percent)).isEqualTo(samples);
  }

  @Test
  void minimumSamples_percentOutsideOfZeroToHundred_isRefused() {
    for (double percent : new double[] {0, 100, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Percentile.minimumSamples(percent))
          .withMessage("percent must be in (0, 100), was " + percent);
    }
  }
}
