package io.stagemark.trial;

import io.stagemark.engine.EngineSession;
import io.stagemark.task.TaskSession;

/**
 * A session with the stages around it.
 *
 * @param warm whether it has scored something before
 */
record ScoringLane(EngineSession session, TaskSession stages, boolean warm) {
  void close() {
    stages.close();
    session.close();
  }
}
