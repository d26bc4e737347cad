package io.stagemark.task;

import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.task.TaskSettings.Carry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Copies tensors in memory into the slots of a batch, and state from the outputs of the step before
 * into the inputs of this one: zeros at the start of a sequence.
 */
final class TensorInput implements InputStage {
  private final String task;
  private final int batch;
  private final List<Tensor> own = new ArrayList<>();
  private final List<State> states = new ArrayList<>();
  private final IntFunction<Tensor> outputs;
  private final ExampleSource.InMemory[] slots;

  private record State(Tensor input, int output) {}

  /**
   * @param task its name, for messages
   * @param carries of the model card
   * @param outputs the session's output tensors
   * @throws TaskException if an input or output to carry does not exist or differs in size, or the
   *     batch is not 1: the examples of a batch are not each other's past
   */
  TensorInput(
      String task,
      List<Carry> carries,
      List<Tensor> inputs,
      List<TensorSpec> outputSpecs,
      IntFunction<Tensor> outputs)
      throws TaskException {
    this.task = task;
    this.batch = BatchSlots.batchOf(inputs);
    this.outputs = outputs;
    this.slots = new ExampleSource.InMemory[batch];
    checkCarries(carries, inputs.stream().map(Tensor::spec).toList(), outputSpecs);
    for (Tensor input : inputs) {
      Optional<Carry> carry =
          carries.stream().filter(c -> c.input().equals(input.spec().name())).findFirst();
      if (carry.isPresent()) {
        states.add(new State(input, output(carry.get(), input.spec(), outputSpecs)));
      } else {
        own.add(input);
      }
    }
  }

  /** Checks carried state as the constructor does, from the card alone. */
  static void checkCarries(List<Carry> carries, List<TensorSpec> inputs, List<TensorSpec> outputs)
      throws TaskException {
    List<Long> first = inputs.get(0).shape();
    if (!carries.isEmpty() && !first.isEmpty() && first.get(0) != 1) {
      throw new TaskException(
          "a model that carries state runs with batch 1, not %d: a step needs the last"
              .formatted(first.get(0)));
    }
    for (Carry carry : carries) {
      TensorSpec input =
          inputs.stream()
              .filter(spec -> spec.name().equals(carry.input()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new TaskException(
                          "the card carries %s, the model has the inputs %s"
                              .formatted(carry, inputs)));
      output(carry, input, outputs);
    }
  }

  private static int output(Carry carry, TensorSpec input, List<TensorSpec> outputs)
      throws TaskException {
    for (int i = 0; i < outputs.size(); i++) {
      TensorSpec output = outputs.get(i);
      if (output.name().equals(carry.output())
          && output.type() == input.type()
          && output.shape().size() == input.shape().size()
          && (!output.isStatic() || output.byteSize() == input.byteSize())) {
        return i;
      }
    }
    throw new TaskException(
        "the card carries output '%s' to input %s; the model has the outputs %s"
            .formatted(carry.output(), input, outputs));
  }

  @Override
  public void decode(int slot, ExampleSource source) throws TaskException {
    if (!(source instanceof ExampleSource.InMemory tensors)) {
      throw new TaskException(
          "this model of task '%s' takes tensors, the data set gives %s; try dataset.format: tensors"
              .formatted(task, source));
    }
    slots[slot] = tensors;
    if (tensors.tensors().size() != own.size()) {
      throw new TaskException(
          "an example has %d tensors %s, the model %d inputs %s"
              .formatted(tensors.tensors().size(), tensors.tensors(), own.size(), own));
    }
    for (int i = 0; i < own.size(); i++) {
      Tensor from = tensors.tensors().get(i);
      Tensor to = own.get(i);
      if (from.bytes().capacity() != BatchSlots.slotBytes(to, batch)
          || from.spec().type() != to.spec().type()) {
        throw new TaskException(
            "an example's tensor %s does not fit the model's input %s (%d examples a batch)"
                .formatted(from, to, batch));
      }
    }
  }

  @Override
  public void preprocess(int count) {
    for (int i = 0; i < own.size(); i++) {
      Tensor to = own.get(i);
      int size = BatchSlots.slotBytes(to, batch);
      for (int slot = 0; slot < count; slot++) {
        ByteBuffer from = slots[slot].tensors().get(i).bytes();
        to.bytes().put(BatchSlots.slotOffset(to, batch, slot), from, 0, size);
      }
    }
    for (int i = 0; i < states.size(); i++) {
      carry(states.get(i));
    }
  }

  private void carry(State state) {
    ByteBuffer to = state.input().bytes();
    if (slots[0].startsSequence()) {
      for (int at = 0; at < to.capacity(); at++) {
        to.put(at, (byte) 0);
      }
    } else {
      to.put(0, outputs.apply(state.output()).bytes(), 0, to.capacity());
    }
  }

  @Override
  public Optional<Geometry> geometry(int slot) {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Holds no native memory.
  }
}
