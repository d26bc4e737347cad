package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.DataFormatException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** The text, as HdrHistogram itself reads it. */
final class LatencyHistogramTest {

  @Property(tries = 100)
  void text_ofAnySamples_hasTheNearestRankWithinAThousandth(
      @ForAll @Size(min = 1, max = 500)
          List<@LongRange(min = 0, max = 10_000_000_000L) Long> samples)
      throws DataFormatException {
    long[] nanos = samples.stream().mapToLong(Long::longValue).toArray();
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    Histogram histogram = read(nanos);
    for (double percent : new double[] {50, 90, 99}) {
      double exact = Percentile.nearestRank(sorted, percent);
      assertThat((double) histogram.getValueAtPercentile(percent))
          .isCloseTo(exact, within(1 + exact / 1000));
    }
  }

  @Test
  void text_ofTwoAdded_isTheHistogramOfAllSamples() throws DataFormatException {
    long[] first = LongStream.range(0, 300).map(i -> 1_000_000 + 977 * i).toArray();
    long[] second = LongStream.range(0, 500).map(i -> 2_000_000 + 577 * i).toArray();
    Histogram all = read(LongStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray());
    Histogram sum = read(first);
    sum.add(read(second));
    assertThat(sum.getTotalCount()).isEqualTo(800);
    for (double percent : new double[] {1, 37.5, 50, 90, 99, 100}) {
      assertThat(sum.getValueAtPercentile(percent)).isEqualTo(all.getValueAtPercentile(percent));
    }
  }

  private static Histogram read(long[] nanos) throws DataFormatException {
    byte[] bytes = Base64.getDecoder().decode(LatencyHistogram.text(nanos));
    return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
  }
}
