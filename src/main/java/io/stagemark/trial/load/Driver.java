package io.stagemark.trial.load;

import io.stagemark.engine.EngineException;
import io.stagemark.task.TaskException;

/** Decides when each stream's next batch begins. Thread-safe: every stream's thread drives. */
public interface Driver {

  /**
   * Runs a stream's batches until the load's end.
   *
   * @param index of the stream, from 0
   * @param log where its batches are noted, with room for all of them
   * @throws EngineException as the stream does
   * @throws TaskException as the stream does
   */
  void drive(int index, BatchStream stream, LoadLog log, LoadClock clock)
      throws EngineException, TaskException;

  /** Ends the load for every stream after the batch it is at: one of them has failed. */
  void stop();
}
