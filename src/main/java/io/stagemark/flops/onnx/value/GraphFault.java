package io.stagemark.flops.onnx.value;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;

/** A model that cannot be read or is no valid graph; becomes a {@link BadInputException}. */
public final class GraphFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String element;
  private final String found;
  private final String expected;
  private final String tryThis;

  public GraphFault(String element, String found, String expected, String tryThis) {
    super(element + ": " + found);
    this.element = element;
    this.found = found;
    this.expected = expected;
    this.tryThis = tryThis;
  }

  /** Returns the same fault with the node that it was met at, if it does not name one. */
  public GraphFault at(String path) {
    return element.isEmpty() ? new GraphFault(path, found, expected, tryThis) : this;
  }

  /** Returns the fault as the user's problem in {@code file}. */
  public BadInputException in(String file) {
    return new BadInputException(
        new Problem(element.isEmpty() ? file : file + ": " + element, found, expected, tryThis));
  }
}
