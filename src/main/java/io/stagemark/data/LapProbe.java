package io.stagemark.data;

/**
 * Told where time goes inside a stage. Whoever measures sub-stages hands one in; without it a stage
 * does nothing of the kind.
 */
public interface LapProbe {

  /** A stage begins its work on one example. */
  void start();

  /**
   * A sub-stage ended: the time since {@link #start} or the last lap was its.
   *
   * @param name a constant, such as {@code resize}: the same object each time
   */
  void lap(String name);
}
