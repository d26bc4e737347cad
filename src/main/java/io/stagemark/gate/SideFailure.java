package io.stagemark.gate;

/** One side of a live pair died, hung, or could not be started; earlier pairs remain valid. */
final class SideFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which side, and why: exit code, time limit, the end of standard error
   */
  public SideFailure(String message) {
    super(message);
  }
}
