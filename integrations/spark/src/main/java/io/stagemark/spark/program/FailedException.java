package io.stagemark.spark.program;

/** An engine or the job failed: exit code 3. */
public final class FailedException extends Exception {
  private static final long serialVersionUID = 1L;

  public FailedException(String message) {
    super(message);
  }
}
