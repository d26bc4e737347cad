package io.stagemark.trial.loop;

import io.stagemark.stats.SteadyState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times of any number of batches in fixed memory: when it is full, neighbours are added together.
 * Adding allocates nothing. Not thread-safe.
 */
final class LatencySeries {
  private static final int CAPACITY = 1024;

  private final long[] nanos = new long[CAPACITY];
  private final int[] example = new int[CAPACITY];
  private int count;
  private int batchesPerPoint = 1;
  private long openNanos;
  private int openBatches;

  /**
   * Adds a batch.
   *
   * @param firstExample index of its first example
   */
  void add(long batchNanos, int firstExample) {
    openNanos += batchNanos;
    openBatches++;
    if (openBatches < batchesPerPoint) {
      return;
    }
    if (count == CAPACITY) {
      halve();
      if (openBatches < batchesPerPoint) {
        return;
      }
    }
    nanos[count] = openNanos;
    // A point of several batches has several examples, so it has no kind of its own.
    example[count] = batchesPerPoint == 1 ? firstExample : 0;
    count++;
    openNanos = 0;
    openBatches = 0;
  }

  private void halve() {
    count = CAPACITY / 2;
    for (int i = 0; i < count; i++) {
      nanos[i] = nanos[2 * i] + nanos[2 * i + 1];
      example[i] = 0;
    }
    batchesPerPoint *= 2;
  }

  /** Returns the levels of the points; its indexes count points. Allocates. */
  SteadyState judge() {
    return SteadyState.of(Arrays.copyOf(nanos, count), Arrays.copyOf(example, count));
  }

  /**
   * Returns the mean time of a batch along the series, in nanoseconds, in so many points at most.
   */
  List<Long> course(int most) {
    List<Long> course = new ArrayList<>();
    int points = Math.min(count, most);
    for (int i = 0; i < points; i++) {
      int from = (int) ((long) i * count / points);
      int to = (int) ((i + 1L) * count / points);
      course.add((nanosBefore(to) - nanosBefore(from)) / ((long) (to - from) * batchesPerPoint));
    }
    return course;
  }

  int points() {
    return count;
  }

  int batchesPerPoint() {
    return batchesPerPoint;
  }

  /** Returns the sum of the first so many points, in nanoseconds. */
  long nanosBefore(int point) {
    return Arrays.stream(nanos, 0, point).sum();
  }
}
