package io.stagemark.flops.onnx;

/** A shape that cannot be known without running the model; the node's outputs become unknown. */
final class UnknownShape extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownShape(String reason) {
    super(reason, null, false, false); // control flow: no stack trace
  }
}
