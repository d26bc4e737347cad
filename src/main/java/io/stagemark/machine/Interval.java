package io.stagemark.machine;

/**
 * Something that lasted, on the clock of {@link System#nanoTime}.
 *
 * @param kind what it was
 * @param startNanos when it began, in nanoseconds
 * @param endNanos when it ended, in nanoseconds
 * @param events how many there were within it: 1 for what was seen to begin and to end
 * @param nanos how long they took, in nanoseconds; 0 where the system does not report it
 */
public record Interval(EventKind kind, long startNanos, long endNanos, int events, long nanos) {

  /** One event that lasted all the time. */
  public Interval(EventKind kind, long startNanos, long endNanos) {
    this(kind, startNanos, endNanos, 1, endNanos - startNanos);
  }

  /** What can touch a batch. The order is that of the bits in the samples' file. */
  public enum EventKind {
    /** A phase of garbage collection in which every thread is stopped. */
    GC_PAUSE,
    /** Every thread brought to a stop, for whatever reason, GC pauses included. */
    SAFEPOINT,
    /** A method compiled by a thread of its own: it takes a core, or what is left of one. */
    COMPILATION,
    /** The hypervisor gave a core's time to others, in ticks of 10 ms. */
    CPU_STEAL,
    /** A measuring thread's core was given to another thread (involuntary context switch). */
    PREEMPTION,
    /** A measuring thread touched memory that was not there, on disk or not. */
    PAGE_FAULT
  }
}
