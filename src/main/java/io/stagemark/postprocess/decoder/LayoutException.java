package io.stagemark.postprocess.decoder;

import io.stagemark.data.TensorSpec;
import java.util.List;

/** A decoder does not read outputs of these shapes. */
public final class LayoutException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String expected;

  LayoutException(String expected, List<TensorSpec> outputs) {
    super(expected + "; the model's outputs are " + outputs);
    this.expected = expected;
  }

  /** Returns what the decoder reads, such as {@code decoder 'yolov8' of 80 classes … reads …}. */
  public String expected() {
    return expected;
  }
}
