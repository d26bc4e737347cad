package io.stagemark.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.ModelCheck;
import java.util.Arrays;
import java.util.List;
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
  private final TensorSpec[] specs;
  private final @Nullable Tensor[] outputs;

  OutputReader(ModelCheck check) {
    this.check = check;
    this.card = check.model().outputs();
    this.specs = card.toArray(TensorSpec[]::new);
    this.outputs = new Tensor[card.size()];
  }

  /**
   * Aliases the arrays, which must live until the next call.
   *
   * @throws EngineException if number, name, type or shape is not the card's
   */
  void read(NDList returned) throws EngineException {
    int named = 0;
    for (NDArray array : returned) {
      named += array.getName() == null ? 0 : 1;
    }
    boolean byName = named > 0;
    // a dictionary has no order, so its tensors cannot be ordered among tensors without a key
    if (returned.size() != card.size() || (byName && named < returned.size())) {
      throw check.namesDiffer("output", describe(returned), card);
    }
    for (int i = 0; i < outputs.length; i++) {
      NDArray array = byName ? returned.get(card.get(i).name()) : returned.get(i);
      if (array == null) {
        throw check.namesDiffer("output", describe(returned), card);
      }
      specs[i] = agreed(i, array);
      outputs[i] = new Tensor(specs[i], array.toByteBuffer(true));
    }
  }

  /** Returns what the array is, which is the last forward's own object if nothing changed. */
  private TensorSpec agreed(int index, NDArray array) throws EngineException {
    TensorSpec last = specs[index];
    ElementType type = type(card.get(index), array.getDataType());
    long[] shape = array.getShape().getShape();
    if (last.type() == type && ModelCheck.hasShape(last, shape)) {
      return last;
    }
    List<Long> extents = Arrays.stream(shape).boxed().toList();
    return check.agree("output", card.get(index), new TensorSpec(last.name(), type, extents));
  }

  private ElementType type(TensorSpec spec, DataType found) throws EngineException {
    ElementType type = TorchTypes.fromDjl(found);
    if (type == null) {
      throw check.problem(
          "output '%s' of a type that DJL cannot read (%s)".formatted(spec.name(), found),
          spec.toString(),
          "make the module return float32, for example with .float() before torch.jit.script",
          null);
    }
    return type;
  }

  private static List<String> describe(NDList returned) {
    return returned.stream()
        .map(
            array ->
                (array.getName() == null ? "unnamed" : array.getName())
                    + Arrays.toString(array.getShape().getShape()))
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
