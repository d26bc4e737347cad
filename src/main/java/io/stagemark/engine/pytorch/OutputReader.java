package io.stagemark.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.ModelCheck;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lays tensors over what a TorchScript module returned, in the model card's order.
 *
 * <p>A tensor, a tuple and a list are bound by position, nested ones left to right; a dictionary is
 * bound by its keys.
 */
final class OutputReader {
  private final ModelCheck check;
  private final List<TensorSpec> card;
  private final @Nullable Tensor[] outputs;

  OutputReader(ModelCheck check) {
    this.check = check;
    this.card = check.model().outputs();
    this.outputs = new Tensor[card.size()];
  }

  /**
   * Aliases the arrays, which must live until the next call.
   *
   * @throws EngineException if number, name, type or shape is not the card's
   */
  void read(NDList returned) throws EngineException {
    if (returned.size() != card.size()) {
      throw check.namesDiffer("output", describe(returned), card);
    }
    boolean byName = returned.stream().allMatch(array -> array.getName() != null);
    for (int i = 0; i < outputs.length; i++) {
      NDArray array = byName ? returned.get(card.get(i).name()) : returned.get(i);
      if (array == null) {
        throw check.namesDiffer("output", describe(returned), card);
      }
      outputs[i] = view(card.get(i), array);
    }
  }

  private Tensor view(TensorSpec spec, NDArray array) throws EngineException {
    ElementType type = type(spec, array.getDataType());
    List<Long> shape = Arrays.stream(array.getShape().getShape()).boxed().toList();
    TensorSpec found = check.agree("output", spec, new TensorSpec(spec.name(), type, shape));
    ByteBuffer memory = array.toByteBuffer(true);
    return new Tensor(found, memory);
  }

  private ElementType type(TensorSpec spec, DataType found) throws EngineException {
    Optional<ElementType> type = TorchTypes.fromDjl(found);
    if (type.isEmpty()) {
      throw check.problem(
          "output '%s' of a type that DJL cannot read (%s)".formatted(spec.name(), found),
          spec.toString(),
          "make the module return float32, for example with .float() before torch.jit.script",
          null);
    }
    return type.get();
  }

  private static List<String> describe(NDList returned) {
    return returned.stream()
        .map(array -> (array.getName() == null ? "unnamed" : array.getName()) + array.getShape())
        .toList();
  }

  /** Returns the tensor that the last {@link #read} laid over output {@code index}. */
  Tensor output(int index) {
    Tensor output = outputs[index];
    if (output == null) {
      throw new IllegalStateException("output(%d) before the first forward".formatted(index));
    }
    return output;
  }
}
