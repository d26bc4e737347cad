package io.stagemark.task;

import org.jspecify.annotations.Nullable;

/** An example could not be read, or a model card does not fit its model. The message says which. */
public final class TaskException extends Exception {
  private static final long serialVersionUID = 1L;

  public TaskException(String message) {
    super(message);
  }

  public TaskException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
