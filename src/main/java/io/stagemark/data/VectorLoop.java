package io.stagemark.data;

/**
 * A loop written with the incubating Vector API, whose methods differ between JDKs. {@link
 * VectorApi} runs {@link #runEveryPath} once before it hands such a loop out.
 */
public interface VectorLoop {

  /**
   * Runs every path of the loop once, on a little data of its own, so that each method that it
   * calls is linked: what this JDK lacks shows here and not inside the clock.
   *
   * @throws LinkageError if the JDK lacks a method or a class that the loop calls
   */
  void runEveryPath();
}
