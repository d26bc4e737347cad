package io.stagemark.stats;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.HdrHistogram.Histogram;

/**
 * Latencies as counts in bins that are never wider than a thousandth of their value (HdrHistogram,
 * 3 significant digits): small enough to travel in {@code result.json}, and adding the counts of
 * two is adding their samples. Percentiles are printed from raw samples, never from here.
 */
public final class LatencyHistogram {
  static final int DIGITS = 3;

  private LatencyHistogram() {}

  /**
   * Returns HdrHistogram's V2 compressed encoding in base64, which its other languages read.
   *
   * @param nanos samples, in nanoseconds; a negative one counts as 0
   */
  public static String text(long[] nanos) {
    Histogram histogram = new Histogram(DIGITS);
    Arrays.stream(nanos).forEach(value -> histogram.recordValue(Math.max(0, value)));
    ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(bytes);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
  }
}
