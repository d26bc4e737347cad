package io.stagemark.spark;

import java.io.IOException;

/** The address of a home leads nowhere, or not with these settings. Nothing was copied. */
final class UnreadableHomeException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line, what the file system says
   */
  UnreadableHomeException(String message, Throwable cause) {
    super(message, cause);
  }
}
