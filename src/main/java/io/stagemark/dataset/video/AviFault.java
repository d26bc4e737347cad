package io.stagemark.dataset.video;

import java.io.IOException;

/** A file is no AVI whose frames can be read: why, and what kind of thing a user can do. */
final class AviFault extends IOException {
  private static final long serialVersionUID = 1L;

  /** What makes a file that can be read. */
  enum Remedy {
    /** Write the pictures anew, as JPEGs. */
    ENCODE,
    /** Write the container anew, with the same JPEGs. */
    REWRITE,
    /** Name another file. */
    ANOTHER_FILE,
    /** It is a picture, not a video. */
    PICTURES
  }

  private final Remedy remedy;

  AviFault(String found, Remedy remedy) {
    super(found);
    this.remedy = remedy;
  }

  /** Returns what was found. */
  String found() {
    return String.valueOf(getMessage());
  }

  Remedy remedy() {
    return remedy;
  }
}
