package io.stagemark.spi;

/**
 * An implementation on the class path that cannot be used; the message is one line for its user.
 */
public final class PluginException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PluginException(String message) {
    super(message);
  }

  PluginException(String message, Throwable cause) {
    super(message, cause);
  }
}
