package io.stagemark.engine;

import org.jspecify.annotations.Nullable;

/**
 * A model could not be loaded or run. The message names the engine, the model and the next step.
 */
public final class EngineException extends Exception {
  private static final long serialVersionUID = 1L;

  public EngineException(String message) {
    super(message);
  }

  public EngineException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
