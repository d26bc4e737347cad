package io.stagemark.trial.load;

import io.stagemark.engine.EngineException;
import io.stagemark.task.TaskException;

/** One session with its stages, driven by one thread. */
public interface BatchStream {

  /**
   * Runs its next batch.
   *
   * @return false if the engine failed on it: it has no latency then
   * @throws EngineException if it failed so often that there is no sense in going on
   * @throws TaskException if an example cannot be read
   */
  boolean batch() throws EngineException, TaskException;

  /** Returns when the last batch began, by the clock of the load. */
  long startedNanos();

  /** Returns when the last batch's result was there. */
  long endedNanos();
}
