package io.stagemark.task;

import io.stagemark.data.ElementType;
import io.stagemark.data.HalfFloat;
import io.stagemark.data.Quantization;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A session's outputs as decoders read them: float32 where the engine left it; half, bfloat16 and
 * double precision rounded to float32, and whole numbers of 8 and 16 bits as the real ones that
 * they stand for, in memory of their own. {@link #run} allocates nothing unless an output grows,
 * and does nothing for a model whose outputs are float32. Not thread-safe.
 *
 * <p>Whole numbers of 32 and 64 bits stay what they are: they are counts and class ids.
 */
final class FloatOutputs implements IntFunction<Tensor> {
  /** Numbers that stand for themselves. */
  static final Quantization THEMSELVES = new Quantization(1, 0);

  private final List<TensorSpec> specs = new ArrayList<>();
  private final IntFunction<Tensor> outputs;
  private final boolean[] converted;
  private final @Nullable Tensor[] own;
  private final @Nullable ByteBuffer[] memory;
  private final List<Quantization> quantizations = new ArrayList<>();

  /**
   * @param specs of the session's outputs
   * @param wanted which of them are read as float32
   * @param quantizations of outputs of whole numbers, by name; without one they are the numbers
   *     themselves
   */
  FloatOutputs(
      List<TensorSpec> specs,
      IntFunction<Tensor> outputs,
      IntPredicate wanted,
      Map<String, Quantization> quantizations) {
    this.outputs = outputs;
    this.converted = new boolean[specs.size()];
    this.own = new Tensor[specs.size()];
    this.memory = new ByteBuffer[specs.size()];
    for (int i = 0; i < own.length; i++) {
      TensorSpec spec = wanted.test(i) ? asFloat(specs.get(i)) : specs.get(i);
      this.specs.add(spec);
      this.quantizations.add(quantizations.getOrDefault(spec.name(), THEMSELVES));
      converted[i] = spec.type() != specs.get(i).type();
      if (converted[i] && spec.isStatic()) {
        own[i] = Tensor.allocate(spec);
      }
    }
  }

  /** Returns what an output is after the conversion; the same where there is none. */
  private static TensorSpec asFloat(TensorSpec spec) {
    return isRead(spec.type())
        ? new TensorSpec(spec.name(), ElementType.FLOAT32, spec.shape())
        : spec;
  }

  /** Returns whether numbers of a type are read as real ones. */
  static boolean isRead(ElementType type) {
    return type.isFloating() || (type.bytes() < Integer.BYTES && type != ElementType.BOOL);
  }

  /** Returns what all outputs are after the conversion. */
  static List<TensorSpec> asFloats(List<TensorSpec> specs) {
    return specs.stream().map(FloatOutputs::asFloat).toList();
  }

  /** Returns the same outputs, those of another type than float32 as float32 copies. */
  static List<Tensor> copies(List<Tensor> outputs, Map<String, Quantization> quantizations) {
    FloatOutputs floats =
        new FloatOutputs(
            outputs.stream().map(Tensor::spec).toList(), outputs::get, i -> true, quantizations);
    floats.run();
    List<Tensor> copies = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      copies.add(floats.apply(i));
    }
    return copies;
  }

  /** Returns the outputs' specs, those that are converted as float32. */
  List<TensorSpec> specs() {
    return specs;
  }

  /** Converts the outputs of a forward: the first part of the postprocess stage. */
  void run() {
    for (int i = 0; i < converted.length; i++) {
      if (converted[i]) {
        Tensor from = outputs.apply(i);
        convert(from, into(i, from.spec().shape()), quantizations.get(i));
      }
    }
  }

  /** Returns memory for an output, the same as long as its shape is. */
  private Tensor into(int index, List<Long> shape) {
    Tensor tensor = own[index];
    if (tensor != null && tensor.spec().shape().equals(shape)) {
      return tensor;
    }
    TensorSpec spec = new TensorSpec(specs.get(index).name(), ElementType.FLOAT32, shape);
    int bytes = Math.toIntExact(spec.byteSize());
    ByteBuffer room = memory[index];
    if (room == null || room.capacity() < bytes) {
      room = Tensor.allocate(spec).bytes();
      memory[index] = room;
    }
    tensor = new Tensor(spec, room.slice(0, bytes).order(ByteOrder.nativeOrder()));
    own[index] = tensor;
    return tensor;
  }

  private static void convert(Tensor from, Tensor into, Quantization quantization) {
    FloatBuffer floats = into.floats();
    ByteBuffer bytes = from.bytes();
    int count = floats.capacity();
    switch (from.spec().type()) {
      case FLOAT16 -> {
        for (int i = 0; i < count; i++) {
          floats.put(i, HalfFloat.toFloat(bytes.getShort(Short.BYTES * i)));
        }
      }
      case UINT8 -> {
        for (int i = 0; i < count; i++) {
          floats.put(i, (float) quantization.real(bytes.get(i) & 0xFF));
        }
      }
      case INT8 -> {
        for (int i = 0; i < count; i++) {
          floats.put(i, (float) quantization.real(bytes.get(i)));
        }
      }
      case INT16, UINT16 -> {
        for (int i = 0; i < count; i++) {
          floats.put(i, (float) quantization.real(from.number(i)));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          floats.put(i, (float) from.number(i));
        }
      }
    }
  }

  /** Returns the outputs in the engine's own type, but for those that stand for other numbers. */
  IntFunction<Tensor> real() {
    return i -> quantizations.get(i).equals(THEMSELVES) ? outputs.apply(i) : apply(i);
  }

  @Override
  public Tensor apply(int index) {
    Tensor tensor = own[index];
    return tensor == null ? outputs.apply(index) : tensor;
  }
}
