package io.stagemark.inspect;

import io.stagemark.inspect.fact.Fact;
import io.stagemark.inspect.fact.TensorSignature;
import java.util.List;

/**
 * An input and the shape that a run would give it.
 *
 * @param declared as the file has it
 * @param shape every extent known
 */
public record InspectedInput(TensorSignature declared, Fact<List<Long>> shape) {}
