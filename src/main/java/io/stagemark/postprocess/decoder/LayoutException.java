package io.stagemark.postprocess.decoder;

import java.util.function.Supplier;

/** A decoder does not read outputs of these shapes. */
public final class LayoutException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String expected;
  private final transient Supplier<String> advice;

  LayoutException(String expected, Head head, Supplier<String> advice) {
    super(expected + "; the model's outputs are " + head.outputs());
    this.expected = expected;
    this.advice = advice;
  }

  /** Returns what the decoder reads, such as {@code decoder 'yolov8' of 80 classes … reads …}. */
  public String expected() {
    return expected;
  }

  /** Returns what to change: the mismatch that was found. */
  public String tryThis() {
    return advice.get();
  }
}
