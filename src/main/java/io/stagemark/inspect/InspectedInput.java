package io.stagemark.inspect;

import io.stagemark.inspect.fact.Fact;
import io.stagemark.inspect.fact.TensorSignature;
import io.stagemark.inspect.prep.InputFill;
import java.util.List;
import java.util.Optional;

/**
 * An input, the shape that a run would give it, and what would fill it.
 *
 * @param declared as the file has it
 * @param shape every extent known
 * @param fill absent for the input that takes a photograph
 */
public record InspectedInput(
    TensorSignature declared, Fact<List<Long>> shape, Optional<Fact<InputFill>> fill) {

  /** An input whose contents are not yet known. */
  InspectedInput(TensorSignature declared, Fact<List<Long>> shape) {
    this(declared, shape, Optional.empty());
  }

  InspectedInput filled(Optional<Fact<InputFill>> by) {
    return new InspectedInput(declared, shape, by);
  }
}
