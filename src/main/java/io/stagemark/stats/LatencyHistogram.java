package io.stagemark.stats;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Latencies as counts in bins that are never wider than a thousandth of their value (HdrHistogram,
 * 3 significant digits): small enough to travel in {@code result.json}, and adding the counts of
 * two is adding their samples. Percentiles are printed from raw samples, never from here.
 */
public final class LatencyHistogram {
  private static final int DIGITS = 3;

  private final Histogram histogram;

  private LatencyHistogram(Histogram histogram) {
    this.histogram = histogram;
  }

  /** Returns the histogram of samples in nanoseconds; a negative one counts as 0. */
  public static LatencyHistogram of(long[] nanos) {
    Histogram histogram = new Histogram(DIGITS);
    Arrays.stream(nanos).forEach(value -> histogram.recordValue(Math.max(0, value)));
    return new LatencyHistogram(histogram);
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static LatencyHistogram parse(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
      return new LatencyHistogram(Histogram.decodeFromCompressedByteBuffer(bytes, 0));
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("not the text of a histogram: " + text, e);
    }
  }

  /** Returns the histogram of the samples of all. */
  public static LatencyHistogram sum(List<LatencyHistogram> parts) {
    Histogram all = new Histogram(DIGITS);
    parts.forEach(part -> all.add(part.histogram));
    return new LatencyHistogram(all);
  }

  /** Returns how many samples it counts. */
  public long count() {
    return histogram.getTotalCount();
  }

  /**
   * Returns a percentile by nearest rank, up to the width of its bin.
   *
   * @param percent in (0, 100]
   */
  public long nanos(double percent) {
    return histogram.getValueAtPercentile(percent);
  }

  /** Returns HdrHistogram's V2 compressed encoding in base64, which its other languages read. */
  public String text() {
    ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(bytes);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
  }
}
