package io.stagemark.engine.programmable;

import io.stagemark.engine.EngineSettings;

/**
 * Regular times in which nothing goes on, as in a long pause of a garbage collector: a forward that
 * meets one ends later by what is left of it.
 *
 * @param everyNanos from the beginning of one stall to that of the next; the first begins so long
 *     after the first forward
 * @param stallNanos how long each lasts, less than {@code everyNanos}; 0 for none
 */
public record Stalls(long everyNanos, long stallNanos) {

  static Stalls of(EngineSettings settings) {
    return new Stalls(
        Long.parseLong(settings.option("stallEveryMillis")) * 1_000_000,
        Long.parseLong(settings.option("stallMillis")) * 1_000_000);
  }

  /** Returns whether some time is left between two stalls. */
  boolean possible() {
    return stallNanos < everyNanos;
  }

  /**
   * Returns when work is done that no stall counts for.
   *
   * @param fromNanos when it begins, from the first forward on
   * @param workNanos how much of it there is
   */
  public long end(long fromNanos, long workNanos) {
    if (stallNanos == 0) {
      return fromNanos + workNanos;
    }
    long at = fromNanos;
    long left = workNanos;
    while (true) {
      long inPeriod = at % everyNanos;
      if (at >= everyNanos && inPeriod < stallNanos) {
        at += stallNanos - inPeriod;
        inPeriod = stallNanos;
      }
      long work = Math.min(left, everyNanos - inPeriod);
      at += work;
      left -= work;
      if (left == 0) {
        return at;
      }
    }
  }
}
