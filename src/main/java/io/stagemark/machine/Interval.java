package io.stagemark.machine;

/**
 * Something that lasted, on the clock of {@link System#nanoTime}.
 *
 * @param kind what it was
 * @param startNanos when it began, in nanoseconds
 * @param endNanos when it ended, in nanoseconds
 */
public record Interval(Kind kind, long startNanos, long endNanos) {

  /** What can touch a batch from inside the JVM. */
  public enum Kind {
    /** A phase of garbage collection in which every thread stands still. */
    GC_PAUSE,
    /** Every thread brought to a stop, for whatever reason, GC pauses included. */
    SAFEPOINT,
    /** A method compiled by a thread of its own: it takes a core, or what is left of one. */
    COMPILATION
  }

  /** Returns its length, in nanoseconds. */
  public long nanos() {
    return endNanos - startNanos;
  }
}
