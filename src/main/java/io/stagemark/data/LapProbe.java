package io.stagemark.data;

/**
 * Receives the sub-stages of a stage as they end. A pass that measures sub-stages passes one in;
 * without it a stage calls nothing.
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
