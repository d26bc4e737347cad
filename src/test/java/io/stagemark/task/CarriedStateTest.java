package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.task.TaskSettings.Carry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Outputs that are inputs of the next step. */
final class CarriedStateTest {
  private static final List<Carry> CARRIES = List.of(new Carry("stateN", "state"));
  private final Tensor x = floats("x", 1);
  private final Tensor state = floats("state", 1);
  private final Tensor next = floats("stateN", 1);

  private static Tensor floats(String name, long batch) {
    return Tensor.allocate(new TensorSpec(name, ElementType.FLOAT32, List.of(batch, 1L)));
  }

  private static ExampleSource step(float value, boolean starts) {
    Tensor tensor = floats("x", 1);
    tensor.floats().put(0, value);
    return new ExampleSource.InMemory(List.of(tensor), starts);
  }

  // A network that adds: stateN = state + x. Sums start anew with each sequence.
  @Test
  void preprocess_stepsOfTwoSequences_carryTheStateWithinEach() throws Exception {
    TensorInput input =
        new TensorInput(
            "classification", CARRIES, List.of(x, state), List.of(next.spec()), i -> next);
    float[] values = {1, 2, 4, 8};
    boolean[] starts = {true, false, true, false};
    float[] sums = {1, 3, 4, 12};
    for (int i = 0; i < values.length; i++) {
      input.decode(0, step(values[i], starts[i]));
      input.preprocess(1);
      next.floats().put(0, state.floats().get(0) + x.floats().get(0));
      assertThat(next.floats().get(0)).isEqualTo(sums[i]);
    }
  }

  @Test
  void create_batchOfTwoOrUnknownOutput_isRefused() {
    List<Tensor> two = List.of(floats("x", 2), floats("state", 2));
    assertThatThrownBy(
            () -> new TensorInput("tensors", CARRIES, two, List.of(next.spec()), i -> next))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("runs with batch 1, not 2");
    List<Tensor> one = List.of(x, state);
    assertThatThrownBy(() -> new TensorInput("tensors", CARRIES, one, List.of(x.spec()), i -> next))
        .hasMessageContaining("carries output 'stateN' to input state");
  }
}
