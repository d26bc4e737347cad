package io.stagemark.trial.proof;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.trial.loop.OutputFingerprint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for examples that got the outputs of another one: an engine that answers from a cache, or
 * with what the last forward left. Not thread-safe.
 *
 * <p>Equal outputs of different inputs prove something only where they vary: floating-point outputs
 * of at least 64 bytes that are not one value throughout. A class index, an empty list of boxes or
 * a map without any object may rightly come twice.
 */
public final class SharedOutputs {
  private static final int MIN_BYTES = 64;

  private final Map<String, String> inputOf = new HashMap<>();
  private final Set<String> inputs = new HashSet<>();
  private int examples;
  private int shared;

  /** Takes one example's slot of a batch of {@code batch}. */
  void add(List<Tensor> in, List<Tensor> out, int slot, int batch) {
    String input = OutputFingerprint.whole(in, slot, batch);
    String output =
        OutputFingerprint.whole(out, slot, batch) + OutputFingerprint.sampled(out, slot, batch);
    examples++;
    inputs.add(input);
    String first = inputOf.putIfAbsent(output, input);
    if (first != null
        && !first.equals(input)
        && out.stream().anyMatch(t -> varies(t, slot, batch))) {
      shared++;
    }
  }

  private static boolean varies(Tensor tensor, int slot, int batch) {
    ElementType type = tensor.spec().type();
    boolean floating =
        type == ElementType.FLOAT32
            || type == ElementType.FLOAT64
            || type == ElementType.FLOAT16
            || type == ElementType.BFLOAT16;
    int size = OutputFingerprint.slotBytes(tensor.bytes(), batch);
    int from = OutputFingerprint.slotOffset(tensor.bytes(), slot, batch);
    if (!floating || size < MIN_BYTES) {
      return false;
    }
    for (int at = type.bytes(); at < size; at++) {
      if (tensor.bytes().get(from + at) != tensor.bytes().get(from + at - type.bytes())) {
        return true;
      }
    }
    return false;
  }

  public int examples() {
    return examples;
  }

  public int distinctInputs() {
    return inputs.size();
  }

  /**
   * Returns how many examples had the outputs of another input, counting outputs that prove
   * something.
   */
  public int shared() {
    return shared;
  }

  /** Returns whether every example had the same outputs, whatever they prove. */
  public boolean oneOutput() {
    return inputOf.size() == 1;
  }
}
