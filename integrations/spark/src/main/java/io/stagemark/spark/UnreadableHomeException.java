package io.stagemark.spark;

import java.io.IOException;

/** The address of a home leads nowhere, or not with these settings. Nothing was copied. */
final class UnreadableHomeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param address of the home
   * @param reason one line
   */
  UnreadableHomeException(String address, String reason, Throwable cause) {
    super(address + ": " + reason, cause);
    this.reason = reason;
  }

  /** Returns the message without the address. */
  String reason() {
    return reason;
  }
}
