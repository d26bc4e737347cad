package io.stagemark.stats;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * A histogram of latencies that grows by one at a time, in the bins of {@link LatencyHistogram};
 * adding another one's counts is adding its samples. Not thread-safe.
 */
public final class LatencyCounts {
  private final Histogram histogram = new Histogram(LatencyHistogram.DIGITS);

  /** Adds a latency in nanoseconds; a negative one counts as 0. */
  public void add(long nanos) {
    histogram.recordValue(Math.max(0, nanos));
  }

  /**
   * Adds the counts of another one.
   *
   * @param text from {@link #text}
   * @throws IllegalArgumentException if it is no such text
   */
  public void add(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
      histogram.add(Histogram.decodeFromCompressedByteBuffer(bytes, 0));
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalArgumentException("no histogram: " + e.getMessage(), e);
    }
  }

  /** Returns how many latencies there are. */
  public long count() {
    return histogram.getTotalCount();
  }

  /** Returns a percentile in nanoseconds, to three digits; empty of nothing. */
  public OptionalLong percentile(double percent) {
    return count() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(histogram.getValueAtPercentile(percent));
  }

  /** Returns HdrHistogram's V2 compressed encoding in base64. */
  public String text() {
    ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(bytes);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
  }
}
