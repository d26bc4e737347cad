package io.stagemark.spark.program;

/** Bad input: where, found, expected, try. The job ends with exit code 2. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message whole, such as that of several problems
   */
  public RefusedException(String message) {
    super(message);
  }

  /** One problem, in the lines in which Stagemark writes them. */
  public RefusedException(String where, String found, String expected, String tryThis) {
    this(
        """
        %s
          found:    %s
          expected: %s
          try:      %s
        1 problem; nothing was run."""
            .formatted(where, found, expected, tryThis));
  }
}
