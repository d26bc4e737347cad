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

  /** What can touch a batch, each with its bit in the samples' file. */
  public enum EventKind {
    /** A phase of garbage collection in which every thread is stopped. */
    GC_PAUSE(1),
    /** Every thread brought to a stop, for whatever reason, GC pauses included. */
    SAFEPOINT(2),
    /** A method compiled by a thread of its own: it takes a core, or what is left of one. */
    COMPILATION(4),
    /** The hypervisor gave a core's time to others, in ticks of 10 ms. */
    CPU_STEAL(8),
    /** A measuring thread's core was given to another thread (involuntary context switch). */
    PREEMPTION(16),
    /** A measuring thread touched memory that was not there, on disk or not. */
    PAGE_FAULT(32),
    /** The core was shared with another process: {@link SharedCoreProbe} found it in a gate. */
    SHARED_CORE(64);

    private final long bit;

    EventKind(long bit) {
      this.bit = bit;
    }

    /** Returns the bit that is set in the word of a batch that this touched. */
    public long bit() {
      return bit;
    }
  }
}
