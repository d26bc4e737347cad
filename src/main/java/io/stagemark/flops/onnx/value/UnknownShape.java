package io.stagemark.flops.onnx.value;

/** A shape that cannot be known without running the model; the node's outputs become unknown. */
public final class UnknownShape extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is not known.
   *
   * @param reason for the reader of the count
   */
  public UnknownShape(String reason) {
    super(reason, null, false, false); // control flow: no stack trace
  }
}
