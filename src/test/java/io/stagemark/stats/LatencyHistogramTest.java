package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class LatencyHistogramTest {

  @Property(tries = 100)
  void nanos_ofAnySamples_isTheNearestRankWithinAThousandth(
      @ForAll @Size(min = 1, max = 500)
          List<@LongRange(min = 0, max = 10_000_000_000L) Long> samples) {
    long[] nanos = samples.stream().mapToLong(Long::longValue).toArray();
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    LatencyHistogram histogram = LatencyHistogram.of(nanos);
    for (double percent : new double[] {50, 90, 99}) {
      double exact = Percentile.nearestRank(sorted, percent);
      assertThat((double) histogram.nanos(percent)).isCloseTo(exact, within(1 + exact / 1000));
    }
  }

  @Test
  void sum_ofTwoThatTravelledAsText_isTheHistogramOfAllSamples() {
    long[] first = LongStream.range(0, 300).map(i -> 1_000_000 + 977 * i).toArray();
    long[] second = LongStream.range(0, 500).map(i -> 2_000_000 + 577 * i).toArray();
    long[] all = LongStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    LatencyHistogram sum =
        LatencyHistogram.sum(
            List.of(
                LatencyHistogram.parse(LatencyHistogram.of(first).text()),
                LatencyHistogram.parse(LatencyHistogram.of(second).text())));
    assertThat(sum.count()).isEqualTo(800);
    for (double percent : new double[] {1, 37.5, 50, 90, 99, 100}) {
      assertThat(sum.nanos(percent)).isEqualTo(LatencyHistogram.of(all).nanos(percent));
    }
  }

  @Test
  void parse_somethingElse_isRejected() {
    assertThatThrownBy(() -> LatencyHistogram.parse("bm9uc2Vuc2Ugb2YgdGhlIHdvcmxk"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
