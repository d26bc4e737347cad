package io.stagemark.machine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the batches that overlap given intervals. */
public final class Overlap {
  private Overlap() {}

  /**
   * Returns a flag for each batch.
   *
   * @param starts when each batch began, in any order, in nanoseconds; those of several streams may
   *     overlap
   * @param lengths how long each took, in nanoseconds
   * @param intervals in any order
   * @param errorNanos how far an interval's ends may be off: it is widened by as much
   */
  public static boolean[] touched(
      long[] starts, long[] lengths, List<Interval> intervals, long errorNanos) {
    if (starts.length != lengths.length) {
      throw new IllegalArgumentException(
          "%d starts, but %d lengths".formatted(starts.length, lengths.length));
    }
    int[] order =
        IntStream.range(0, starts.length)
            .boxed()
            .sorted(Comparator.comparingLong(i -> starts[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    long[] sorted = Arrays.stream(order).mapToLong(i -> starts[i]).toArray();
    long longest = Arrays.stream(lengths).max().orElse(0);
    boolean[] touched = new boolean[starts.length];
    for (Interval interval : intervals) {
      long from = interval.startNanos() - errorNanos;
      long to = interval.endNanos() + errorNanos;
      // No batch that began earlier than the longest one takes can still have run.
      int place = firstAbove(sorted, to) - 1;
      for (; place >= 0 && sorted[place] >= from - longest; place--) {
        int batch = order[place];
        touched[batch] |= starts[batch] + lengths[batch] >= from;
      }
    }
    return touched;
  }

  /** Returns the index of the first value above {@code limit}. */
  private static int firstAbove(long[] sorted, long limit) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
