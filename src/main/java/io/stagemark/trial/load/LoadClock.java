package io.stagemark.trial.load;

/** Time as a scenario sees it. */
public interface LoadClock {

  /** Returns the time, in nanoseconds from an origin of its own. */
  long nanos();

  /** Returns when it is {@code nanos} at least; at once if it is later already. */
  void waitUntil(long nanos);
}
