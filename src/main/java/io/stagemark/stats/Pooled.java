package io.stagemark.stats;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.Function;

/** Samples of several trials as one sample. */
public final class Pooled {
  private Pooled() {}

  /**
   * Returns the values of every trial, one trial behind the other.
   *
   * @param values of one trial, such as its total times in nanoseconds
   */
  public static <T> long[] of(Collection<T> trials, Function<T, long[]> values) {
    return trials.stream().flatMapToLong(trial -> Arrays.stream(values.apply(trial))).toArray();
  }
}
