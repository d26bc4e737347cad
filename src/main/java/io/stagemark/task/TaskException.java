package io.stagemark.task;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An example could not be read, or a model card does not fit its model. The message says which. */
public final class TaskException extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String tryThis;

  public TaskException(String message) {
    this(message, (Throwable) null);
  }

  /**
   * Says what to change, too.
   *
   * @param tryThis the next step, such as a line of the model card
   */
  TaskException(String message, String tryThis) {
    super(message);
    this.tryThis = tryThis;
  }

  public TaskException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.tryThis = null;
  }

  /** Returns the next step; empty where the message says all there is. */
  public Optional<String> tryThis() {
    return Optional.ofNullable(tryThis);
  }
}
