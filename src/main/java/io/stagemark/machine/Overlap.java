package io.stagemark.machine;

import java.util.List;

/** Which batches of one stream lie, at least in part, within given intervals. */
public final class Overlap {
  private Overlap() {}

  /**
   * Returns a flag for each batch.
   *
   * @param starts when each batch began, ascending, in nanoseconds; batches do not overlap
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
    boolean[] touched = new boolean[starts.length];
    for (Interval interval : intervals) {
      long from = interval.startNanos() - errorNanos;
      long to = interval.endNanos() + errorNanos;
      int batch = firstStartAbove(starts, to) - 1;
      while (batch >= 0 && starts[batch] + lengths[batch] >= from) {
        touched[batch--] = true;
      }
    }
    return touched;
  }

  /** Returns the index of the first start above {@code limit}. */
  private static int firstStartAbove(long[] starts, long limit) {
    int low = 0;
    int high = starts.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] <= limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
