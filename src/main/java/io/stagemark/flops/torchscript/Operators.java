package io.stagemark.flops.torchscript;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Every operator that a script can be followed through. */
final class Operators {
  private static final Map<String, Operator> ALL = all();

  private Operators() {}

  private static Map<String, Operator> all() {
    Map<String, Operator> ops = new HashMap<>();
    ElementwiseOps.register(ops);
    ReductionOps.register(ops);
    ConvolutionOps.register(ops);
    MatrixOps.register(ops);
    RecurrentOps.register(ops);
    MoveOps.register(ops);
    DataOps.register(ops);
    ScalarOps.register(ops); // late: it wraps what numbers and tensors share
    ListOps.register(ops);
    PrimOps.register(ops);
    return Map.copyOf(ops);
  }

  /** Returns an operator; {@code relu_} is {@code relu} in place. */
  static Optional<Operator> of(String name) {
    Operator found = ALL.get(name);
    if (found == null && name.endsWith("_") && !name.endsWith("__")) {
      found = ALL.get(name.substring(0, name.length() - 1));
    }
    return Optional.ofNullable(found);
  }

  /** Returns an operator that must be there. */
  static Operator standard(String name) {
    return of(name).orElseThrow(() -> new IllegalStateException("no operator " + name));
  }
}
