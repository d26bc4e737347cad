package io.stagemark.image;

import java.io.IOException;

/** A file is no image that can be decoded: why, and what to do about it. */
public final class ImageFault extends IOException {
  private static final long serialVersionUID = 1L;

  /** What a user can do about a damaged file. */
  public static final String FETCH_AGAIN = "fetch the file again, or take it out of the data set";

  private final String tryThis;

  ImageFault(String reason) {
    this(reason, FETCH_AGAIN);
  }

  ImageFault(String reason, String tryThis) {
    super(reason);
    this.tryThis = tryThis;
  }

  static ImageFault cut(int bytes, String what) {
    return new ImageFault("cut off after %d bytes: a %s".formatted(bytes, what));
  }

  /** A file that is whole, but not of a kind that the decoder reads. */
  static ImageFault unsupported(String what) {
    return new ImageFault(
        what, "convert it to an 8-bit RGB PNG or JPEG, or take it out of the data set");
  }

  /** Returns the reason. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** Returns what a user can do. */
  public String tryThis() {
    return tryThis;
  }
}
